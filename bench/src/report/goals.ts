import type { Figures } from '../measure.ts';
import type { SystemName } from '../options.ts';

/** One figure of Signalbox that must be reached, as a ratio or a difference to a peer of the same round. */
export interface Goal {
  title: string;
  figure: keyof Figures;
  against: SystemName | null;
  /** How the two are compared: S divided by the peer, S minus the peer, or S alone. */
  comparison: 'ratio' | 'difference' | 'value';
  bound: 'at least' | 'at most';
  limit: number;
  unit: string;
}

const throughput = { figure: 'endToEndPerSecond', comparison: 'ratio', bound: 'at least' } as const;
const cpu = { figure: 'cpuMicrosecondsPerEvent', comparison: 'ratio', bound: 'at most' } as const;

/** The goals of the first stage. */
export const GOALS: readonly Goal[] = [
  { title: 'end to end', ...throughput, against: 'R', limit: 0.75, unit: '× R' },
  { title: 'end to end', ...throughput, against: 'Q', limit: 0.9, unit: '× Q' },
  { title: 'CPU an event', ...cpu, against: 'R', limit: 1.5, unit: '× R' },
  { title: 'CPU an event', ...cpu, against: 'Q', limit: 0.8, unit: '× Q' },
  {
    title: 'p99 at 200/s',
    figure: 'p99At200Milliseconds',
    comparison: 'ratio',
    bound: 'at most',
    against: 'R',
    limit: 1.5,
    unit: '× R',
  },
  {
    title: 'batches of 100, accepted',
    figure: 'batchAcceptedPerSecond',
    comparison: 'value',
    bound: 'at least',
    against: null,
    limit: 10_000,
    unit: 'events/s',
  },
  {
    title: 'idle memory',
    figure: 'idleMebibytes',
    comparison: 'difference',
    bound: 'at most',
    against: 'R',
    limit: 40,
    unit: 'MiB above R',
  },
];
