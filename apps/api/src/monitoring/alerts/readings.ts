import type { Clock } from '../../domain/clock.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Backlog, DeadLetterGroup, RollupRow, Store } from '../../store/store.ts';

/** The figures that rules are held against, all of one moment. */
export interface Readings {
  now: number;
  backlog: readonly Backlog[];
  deadLetters: readonly DeadLetterGroup[];
  /** By target, of the last minutes, for each window that a rule has. */
  attempts: ReadonlyMap<number, readonly RollupRow[]>;
  /** By source, of the last whole minutes. */
  events: ReadonlyMap<number, readonly RollupRow[]>;
  /** Null: not counted this time, since that is dear. */
  conservationDifference: number | null;
  securityEvents(windowMinutes: number): number;
}

export interface ReadingDeps {
  store: Pick<Store, 'rollups' | 'backlog' | 'deadLetterGroups'>;
  clock: Pick<Clock, 'now'>;
  /** Of all processes. */
  securityEvents: (windowMinutes: number) => number;
}

const MINUTE_MS = 60_000;
const OF_ATTEMPTS: ReadonlySet<string> = new Set(['failureRatePercent', 'latencyP99Ms']);

/** Reads what the rules ask for, and no more. */
export async function takeReadings(
  { store, clock, securityEvents }: ReadingDeps,
  rules: readonly Resource<'alert-rule'>[],
  conservationDifference: number | null,
): Promise<Readings> {
  const now = clock.now();
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const asks = (...measures: string[]) => rules.some(({ body }) => measures.includes(body.measure));

  async function rowsOf(
    isAsked: (measure: string) => boolean,
    request: Pick<Parameters<Store['rollups']>[0], 'measures' | 'groupBy'>,
    to: number,
  ): Promise<Map<number, readonly RollupRow[]>> {
    const windows = rules
      .filter(({ body }) => isAsked(body.measure))
      .map(({ body }) => body.windowMinutes);
    const read = [...new Set(windows)].map(async (minutes) => {
      const from = minute - minutes * MINUTE_MS;
      const rows = await store.rollups({ ...request, from, to, stepMs: to - from });
      return [minutes, rows] as const;
    });
    return new Map(await Promise.all(read));
  }

  const [backlog, deadLetters, attempts, events] = await Promise.all([
    asks('backlogAgeSeconds', 'backlogDeliveries') ? store.backlog() : [],
    asks('deadLetters') ? store.deadLetterGroups() : [],
    rowsOf(
      (measure) => OF_ATTEMPTS.has(measure),
      { measures: ['attempt.', 'latency'], groupBy: ['targetId'] },
      minute + MINUTE_MS,
    ),
    // The minute that has just begun would look like a quiet one.
    rowsOf(
      (measure) => measure === 'eventsPerMinute',
      { measures: ['event.'], groupBy: ['sourceId'] },
      minute,
    ),
  ]);
  return { now, backlog, deadLetters, attempts, events, conservationDifference, securityEvents };
}
