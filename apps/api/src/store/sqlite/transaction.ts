import type { Measure } from '../measures.ts';
import type { ChangedKind } from '../store.ts';

/** One thing to be counted; `durationMs` is -1 for plain counters. */
export interface Count {
  measure: Measure;
  at: number;
  sourceId: string;
  type: string;
  targetId: string;
  by: number;
  durationMs: number;
}

/** What the commands of one transaction leave to be written at its end: counters, the change row, sights of event types. */
export interface Transaction {
  /** Milliseconds since 1970, as the main thread's clock had it when the batch was sent. */
  readonly now: number;
  readonly counts: Count[];
  readonly acceptedEvents: number[];
  readonly updatedDeliveries: number[];
  readonly changedResources: [kind: ChangedKind, id: string][];
  readonly seenTypes: [type: string, at: number][];
}

export function newTransaction(now: number): Transaction {
  return {
    now,
    counts: [],
    acceptedEvents: [],
    updatedDeliveries: [],
    changedResources: [],
    seenTypes: [],
  };
}

/** Remembers how far the journals have come; the answer forgets what was added since. */
export function markTransaction(transaction: Transaction): () => void {
  const journals: unknown[][] = [
    transaction.counts,
    transaction.acceptedEvents,
    transaction.updatedDeliveries,
    transaction.changedResources,
    transaction.seenTypes,
  ];
  const lengths = journals.map((journal) => journal.length);
  return () => {
    for (const [index, journal] of journals.entries()) journal.length = lengths[index] ?? 0;
  };
}

export function countEvent(
  transaction: Transaction,
  measure: Measure,
  at: number,
  sourceId: string,
  type: string,
): void {
  transaction.counts.push({ measure, at, sourceId, type, targetId: '', by: 1, durationMs: -1 });
}

export function countTarget(
  transaction: Transaction,
  measure: Measure,
  at: number,
  targetId: string,
  durationMs = -1,
): void {
  transaction.counts.push({ measure, at, sourceId: '', type: '', targetId, by: 1, durationMs });
}
