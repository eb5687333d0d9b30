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

/** What a transaction leaves to be written as its last step: counters, the change row, sights of event types. */
export interface Journal {
  readonly now: number;
  readonly counts: Count[];
  readonly acceptedEvents: number[];
  readonly updatedDeliveries: number[];
  readonly changedResources: [kind: ChangedKind, id: string][];
  readonly seenTypes: [type: string, at: number][];
}

export function newJournal(now: number): Journal {
  return {
    now,
    counts: [],
    acceptedEvents: [],
    updatedDeliveries: [],
    changedResources: [],
    seenTypes: [],
  };
}

export function countEvent(
  journal: Journal,
  measure: Measure,
  at: number,
  sourceId: string,
  type: string,
): void {
  journal.counts.push({ measure, at, sourceId, type, targetId: '', by: 1, durationMs: -1 });
}

export function countTarget(
  journal: Journal,
  measure: Measure,
  at: number,
  targetId: string,
  durationMs = -1,
): void {
  journal.counts.push({ measure, at, sourceId: '', type: '', targetId, by: 1, durationMs });
}
