import type { Figures } from '../measure.ts';
import { median } from '../load/percentile.ts';
import type { SystemName } from '../options.ts';
import type { Round } from '../run-rounds.ts';
import { judgeGoals, type Verdict } from './judge-goals.ts';

const ROWS: readonly { title: string; figure: keyof Figures; digits: number }[] = [
  { title: 'end to end, singles, events/s', figure: 'endToEndPerSecond', digits: 0 },
  { title: 'accepted, singles, events/s', figure: 'acceptedPerSecond', digits: 0 },
  { title: 'CPU an event, µs', figure: 'cpuMicrosecondsPerEvent', digits: 0 },
  { title: '  of it the database server', figure: 'databaseMicrosecondsPerEvent', digits: 0 },
  { title: 'p50 at 200/s, ms', figure: 'p50At200Milliseconds', digits: 1 },
  { title: 'p99 at 200/s, ms', figure: 'p99At200Milliseconds', digits: 1 },
  { title: 'p50 at 1,000/s, ms', figure: 'p50At1000Milliseconds', digits: 1 },
  { title: 'p99 at 1,000/s, ms', figure: 'p99At1000Milliseconds', digits: 1 },
  { title: 'accepted, batches of 100, events/s', figure: 'batchAcceptedPerSecond', digits: 0 },
  { title: 'end to end, batches of 100, events/s', figure: 'batchEndToEndPerSecond', digits: 0 },
  { title: 'memory idle, MiB', figure: 'idleMebibytes', digits: 0 },
  { title: 'memory at full load, MiB', figure: 'peakMebibytes', digits: 0 },
];

const COUNTS = ['sent', 'refused', 'lost', 'doubled', 'unexpected'] as const;
/** The tables: their systems, and which of Signalbox's shapes is divided by which other system. */
const TABLES: readonly {
  title: string;
  systems: readonly SystemName[];
  ratios: readonly (readonly [SystemName, SystemName])[];
}[] = [
  {
    title: 'one process on SQLite',
    systems: ['R', 'Q', 'L', 'S'],
    ratios: [
      ['S', 'R'],
      ['S', 'Q'],
      ['S', 'L'],
    ],
  },
  {
    title: 'several processes, and PostgreSQL',
    systems: ['S', 'C', 'M', 'B', 'P', 'F'],
    ratios: [
      ['C', 'S'],
      ['P', 'M'],
      ['P', 'B'],
      ['F', 'P'],
    ],
  },
];
const TITLE_WIDTH = 38;
const CELL_WIDTH = 9;

/** Medians of every figure, and medians of the ratios within a round. Tables none of whose own systems ran are left out. */
export function renderTables(rounds: readonly Round[]): string {
  const hasRun = (name: SystemName): boolean => rounds.some((round) => round[name] !== undefined);
  return TABLES.filter(({ ratios }) => ratios.some(([own]) => hasRun(own)))
    .map((table) => renderTable(table, rounds))
    .join('\n\n');
}

function renderTable(
  { title, systems, ratios }: (typeof TABLES)[number],
  rounds: readonly Round[],
): string {
  const ratioTitles = ratios.map(([own, other]) => `${own} / ${other}`);
  const lines = [renderLine(`${title}, medians`, [...systems, ...ratioTitles])];
  for (const { title: row, figure, digits } of ROWS) {
    const values = systems.map((name) => show(medianOf(rounds, name, figure), digits));
    const divided = ratios.map((pair) => show(medianRatio(rounds, pair, figure), 2));
    lines.push(renderLine(row, [...values, ...divided]));
  }
  for (const figure of COUNTS) {
    const sums = systems.map((name) => show(sumOf(rounds, name, figure), 0));
    lines.push(renderLine(`${figure} (sum)`, sums));
  }
  return lines.join('\n');
}

/** One line a goal: what was asked, what was reached, held or missed. */
export function renderGoals(rounds: readonly Round[]): string {
  return judgeGoals(rounds).map(renderVerdict).join('\n');
}

/** Events that were lost, came twice or should not have come, over all systems and rounds. */
export function countFaults(rounds: readonly Round[]): number {
  const figures = rounds.flatMap((round) => Object.values(round));
  return figures.reduce((sum, one) => sum + one.lost + one.doubled + one.unexpected, 0);
}

function renderVerdict({ goal, value, isHeld }: Verdict): string {
  const digits = goal.comparison === 'ratio' ? 2 : 0;
  const wanted = `${goal.bound} ${goal.limit.toLocaleString('en')} ${goal.unit}`;
  const word = value === null ? 'not measured' : isHeld ? 'held' : 'MISSED';
  return `${goal.title.padEnd(26)}${wanted.padEnd(28)}${show(value, digits).padStart(CELL_WIDTH)}  ${word}`;
}

function renderLine(title: string, cells: readonly string[]): string {
  return title.padEnd(TITLE_WIDTH) + cells.map((cell) => cell.padStart(CELL_WIDTH)).join('');
}

function show(value: number | null, digits: number): string {
  if (value === null || Number.isNaN(value)) return '–';
  return value.toLocaleString('en', {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  });
}

function readAll(rounds: readonly Round[], name: SystemName, figure: keyof Figures): number[] {
  return rounds.map((round) => round[name]?.[figure]).filter((value) => typeof value === 'number');
}

function medianOf(
  rounds: readonly Round[],
  name: SystemName,
  figure: keyof Figures,
): number | null {
  const values = readAll(rounds, name, figure);
  return values.length === 0 ? null : median(values);
}

function sumOf(rounds: readonly Round[], name: SystemName, figure: keyof Figures): number | null {
  const values = readAll(rounds, name, figure);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

function medianRatio(
  rounds: readonly Round[],
  [ownName, otherName]: readonly [SystemName, SystemName],
  figure: keyof Figures,
): number | null {
  const ratios = rounds.flatMap((round) => {
    const own = round[ownName]?.[figure];
    const other = round[otherName]?.[figure];
    return typeof own === 'number' && typeof other === 'number' ? [own / other] : [];
  });
  return ratios.length === 0 ? null : median(ratios);
}
