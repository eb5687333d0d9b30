import type { Database } from 'better-sqlite3';

import { readPosition } from '../../change-positions.ts';
import { planInOrder, planThinned, positionAfter } from '../../feed-plan.ts';
import type { FeedPlan, FeedRow } from '../../feed-plan.ts';
import {
  DELIVERY_COLUMNS,
  EVENT_SUMMARY_COLUMNS,
  WAITS_FOR,
  toDelivery,
  toEventSummary,
} from '../../rows.ts';
import type { EventSummaryRow, JoinedDeliveryRow } from '../../rows.ts';
import type { Change, ChangedKind, ChangeRequest, Changes } from '../../store.ts';
import type { ChangeBody } from '../writes/changes.ts';

type Item =
  | { kind: 'event'; seq: number }
  | { kind: 'delivery'; seq: number }
  | { kind: 'resource'; resource: ChangedKind; id: string };

/** Prepares the reading of the change feed. Rows hold ids only; the records are read as they are now. */
export function createChangeReads(database: Database) {
  const ends = database.prepare<[], { oldest: number | null; newest: number | null }>(
    'SELECT (SELECT min(seq) FROM changes) AS oldest, (SELECT max(seq) FROM changes) AS newest',
  );
  const headers = database.prepare<[number, number], FeedRow>(
    'SELECT seq, at, item_count, resource_count FROM changes WHERE seq >= ? AND seq <= ? ORDER BY seq',
  );
  const body = database.prepare<[number], string>('SELECT body FROM changes WHERE seq = ?').pluck();
  const event = database.prepare<[number], EventSummaryRow>(
    `SELECT ${EVENT_SUMMARY_COLUMNS.join(', ')} FROM events WHERE seq = ?`,
  );
  const deliveryColumns = DELIVERY_COLUMNS.map((column) => `deliveries.${column}`).join(', ');
  const delivery = database.prepare<[number], JoinedDeliveryRow>(
    `SELECT ${deliveryColumns}, events.id AS record_id, ${WAITS_FOR} AS waits_for FROM deliveries JOIN events ON events.seq = deliveries.event_seq WHERE deliveries.seq = ?`,
  );

  function itemsOf(seq: number): Item[] {
    const { e = [], d = [], r = [] } = JSON.parse(body.get(seq) ?? '{}') as ChangeBody;
    return [
      ...e.map((one): Item => ({ kind: 'event', seq: one })),
      ...d.map((one): Item => ({ kind: 'delivery', seq: one })),
      ...r.map(([kind, id]): Item => ({ kind: 'resource', resource: kind as ChangedKind, id })),
    ];
  }

  /** Null: the record has left with retention meanwhile. */
  function toChange(item: Item, row: FeedRow, index: number): Change | null {
    const position = positionAfter(row, index);
    const { at } = row;
    if (item.kind === 'resource') {
      return { kind: 'resource.changed', position, at, resource: item.resource, id: item.id };
    }
    if (item.kind === 'event') {
      const found = event.get(item.seq);
      return found ? { kind: 'event.accepted', position, at, event: toEventSummary(found) } : null;
    }
    const found = delivery.get(item.seq);
    return found ? { kind: 'delivery.updated', position, at, delivery: toDelivery(found) } : null;
  }

  function carryOut({ picks, position, leftOut }: FeedPlan): Changes {
    const changes: Change[] = [];
    for (const { row, indexes } of picks) {
      const items = itemsOf(row.seq);
      for (const index of indexes) {
        const item = items[index];
        const change = item && toChange(item, row, index);
        if (change) changes.push(change);
      }
    }
    return { changes, position, leftOut, reset: false };
  }

  function changes({ after, limit, thin }: ChangeRequest): Changes {
    const { oldest, newest } = ends.get() ?? { oldest: null, newest: null };
    const first = readPosition(after);
    const end = newest ?? 0;
    const isKept =
      first !== null &&
      first.row <= end &&
      // A position inside a row needs that row itself.
      (first.index < 0 ? first.row + 1 >= (oldest ?? 1) : first.row >= (oldest ?? 1));
    if (!isKept) return { changes: [], position: `${end}`, leftOut: 0, reset: true };
    const from = first.index < 0 ? first.row + 1 : first.row;
    return carryOut(
      thin
        ? planThinned(headers.all(from, end), first, limit, end)
        : planInOrder(headers.iterate(from, end), first, limit, end),
    );
  }

  return {
    changePosition: (): string => `${ends.get()?.newest ?? 0}`,
    changes: (request: ChangeRequest): Changes =>
      // One snapshot, so that the end and the rows agree.
      database.transaction(() => changes(request))(),
  };
}
