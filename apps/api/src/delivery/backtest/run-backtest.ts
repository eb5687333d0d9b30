import type { Clock } from '../../domain/clock.ts';
import type { EventRecord } from '../../domain/event.ts';
import type { ScannedPage, ScannedEvent, Store } from '../../store/store.ts';
import { createSampleKeeper, type BacktestSample } from './keep-samples.ts';
import type { Shape, Shaped } from './shape-event.ts';

/** What a subscription would have made of the newest events. */
export interface BacktestReport {
  /** Events gone through, newest first. */
  scanned: number;
  matched: number;
  /** Of those that matched: the transform says "do not deliver". */
  notDelivered: number;
  /** Of those that matched: the transform failed. */
  failed: number;
  /** False: time ran out first. */
  isComplete: boolean;
  samples: BacktestSample[];
}

export interface BacktestRequest {
  matches: (event: EventRecord) => boolean;
  shape: Shape;
  /** How many of the newest events to go through. */
  limit: number;
}

const LONGEST_MS = 10_000;
const PAGE_EVENTS = 200;
const PAGE_BYTES = 1024 * 1024;
/** Shaped together, so that the thread is kept busy, and few enough that time can run out between two portions. */
const PORTION_EVENTS = 32;

/**
 * Goes back over the newest events in pages, matches and shapes them, and sends nothing. A quarantined event never matches, since it is
 * not routed. Between two pages everything else of the process has its turn.
 */
export async function runBacktest(
  deps: { store: Pick<Store, 'scanEvents'>; clock: Clock },
  { matches, shape, limit }: BacktestRequest,
): Promise<BacktestReport> {
  const deadline = deps.clock.now() + LONGEST_MS;
  const isLate = () => deps.clock.now() >= deadline;
  const samples = createSampleKeeper();
  const report = { scanned: 0, matched: 0, notDelivered: 0, failed: 0, isComplete: true };

  function count(event: EventRecord, shaped: Shaped): void {
    report.matched += 1;
    if (shaped.outcome === 'skip') report.notDelivered += 1;
    if (shaped.outcome === 'failed') report.failed += 1;
    samples.offer({ event, shaped });
  }

  async function test(events: readonly EventRecord[]): Promise<void> {
    const wanted = events.filter((event) => event.status !== 'quarantined' && matches(event));
    const shaped = await Promise.all(wanted.map(shape));
    for (const [index, event] of wanted.entries()) {
      const one = shaped[index];
      if (one) count(event, one);
    }
    report.scanned += events.length;
  }

  let after: string | null = null;
  while (report.scanned < limit) {
    const page: ScannedPage<ScannedEvent> = await deps.store.scanEvents({
      filter: {},
      bound: null,
      after,
      isBackward: true,
      limit: Math.min(PAGE_EVENTS, limit - report.scanned),
      maxBytes: PAGE_BYTES,
      withData: true,
    });
    for (let from = 0; from < page.items.length; from += PORTION_EVENTS) {
      if (isLate()) return { ...report, isComplete: false, samples: samples.chosen() };
      await test(page.items.slice(from, from + PORTION_EVENTS).map(({ event }) => event));
    }
    if (page.isEnd) break;
    after = page.positions.at(-1) ?? after;
  }
  return { ...report, samples: samples.chosen() };
}
