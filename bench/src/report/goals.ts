import type { Figures } from '../measure.ts';
import type { SystemName } from '../options.ts';

/** One figure of Signalbox, in one of its shapes, that must be reached, as a ratio or a difference to another system of the same round. */
export interface Goal {
  title: string;
  /** The shape of Signalbox it is about. */
  of: SystemName;
  figure: keyof Figures;
  against: SystemName | null;
  /** How the two are compared: divided, subtracted, or the figure alone. */
  comparison: 'ratio' | 'difference' | 'value';
  bound: 'at least' | 'at most';
  limit: number;
  unit: string;
}

const throughput = { figure: 'endToEndPerSecond', comparison: 'ratio', bound: 'at least' } as const;
const cpu = { figure: 'cpuMicrosecondsPerEvent', comparison: 'ratio', bound: 'at most' } as const;

/** In the order in which they are printed. */
export const GOALS: readonly Goal[] = [
  { title: 'end to end', of: 'S', ...throughput, against: 'R', limit: 0.75, unit: '× R' },
  { title: 'end to end', of: 'S', ...throughput, against: 'Q', limit: 0.9, unit: '× Q' },
  { title: 'CPU an event', of: 'S', ...cpu, against: 'R', limit: 1.5, unit: '× R' },
  { title: 'CPU an event', of: 'S', ...cpu, against: 'Q', limit: 0.8, unit: '× Q' },
  {
    title: 'p99 at 200/s',
    of: 'S',
    figure: 'p99At200Milliseconds',
    comparison: 'ratio',
    bound: 'at most',
    against: 'R',
    limit: 1.5,
    unit: '× R',
  },
  {
    title: 'batches of 100, accepted',
    of: 'S',
    figure: 'batchAcceptedPerSecond',
    comparison: 'value',
    bound: 'at least',
    against: null,
    limit: 10_000,
    unit: 'events/s',
  },
  {
    title: 'idle memory',
    of: 'S',
    figure: 'idleMebibytes',
    comparison: 'difference',
    bound: 'at most',
    against: 'R',
    limit: 40,
    unit: 'MiB above R',
  },
  { title: 'cluster, end to end', of: 'C', ...throughput, against: 'S', limit: 1.2, unit: '× S' },
  {
    title: 'PostgreSQL, end to end',
    of: 'P',
    ...throughput,
    against: 'M',
    limit: 0.7,
    unit: '× M',
  },
  { title: 'PostgreSQL, end to end', of: 'P', ...throughput, against: 'B', limit: 2, unit: '× B' },
];
