import type { Database } from 'better-sqlite3';

import type { ResourceKind } from '../../../domain/resources.ts';
import { chooseEvenly, readPosition } from '../../change-positions.ts';
import { DELIVERY_COLUMNS, EVENT_SUMMARY_COLUMNS, toDelivery, toEventSummary } from '../../rows.ts';
import type { EventSummaryRow, JoinedDeliveryRow } from '../../rows.ts';
import type { Change, ChangeRequest, Changes } from '../../store.ts';
import type { ChangeBody } from '../writes/changes.ts';

interface ChangeRow {
  seq: number;
  at: number;
  item_count: number;
  resource_count: number;
}

type Item =
  | { kind: 'event'; seq: number }
  | { kind: 'delivery'; seq: number }
  | { kind: 'resource'; resource: ResourceKind; id: string };

/** Prepares the reading of the change feed. Rows hold ids only; the records are read as they are now. */
export function createChangeReads(database: Database) {
  const ends = database.prepare<[], { oldest: number | null; newest: number | null }>(
    'SELECT (SELECT min(seq) FROM changes) AS oldest, (SELECT max(seq) FROM changes) AS newest',
  );
  const headers = database.prepare<[number, number], ChangeRow>(
    'SELECT seq, at, item_count, resource_count FROM changes WHERE seq >= ? AND seq <= ? ORDER BY seq',
  );
  const body = database.prepare<[number], string>('SELECT body FROM changes WHERE seq = ?').pluck();
  const event = database.prepare<[number], EventSummaryRow>(
    `SELECT ${EVENT_SUMMARY_COLUMNS.join(', ')} FROM events WHERE seq = ?`,
  );
  const deliveryColumns = DELIVERY_COLUMNS.map((column) => `deliveries.${column}`).join(', ');
  const delivery = database.prepare<[number], JoinedDeliveryRow>(
    `SELECT ${deliveryColumns}, events.id AS record_id FROM deliveries JOIN events ON events.seq = deliveries.event_seq WHERE deliveries.seq = ?`,
  );

  function itemsOf(seq: number): Item[] {
    const { e = [], d = [], r = [] } = JSON.parse(body.get(seq) ?? '{}') as ChangeBody;
    return [
      ...e.map((one): Item => ({ kind: 'event', seq: one })),
      ...d.map((one): Item => ({ kind: 'delivery', seq: one })),
      ...r.map(([kind, id]): Item => ({ kind: 'resource', resource: kind as ResourceKind, id })),
    ];
  }

  /** Null: the record has left with retention meanwhile. */
  function toChange(item: Item, row: ChangeRow, index: number): Change | null {
    const position = index + 1 < row.item_count ? `${row.seq}.${index}` : `${row.seq}`;
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

  /** Everything, oldest first, until `limit` items were passed. */
  function inOrder(
    rows: Iterable<ChangeRow>,
    first: { row: number; index: number },
    limit: number,
    newest: number,
  ): Changes {
    const changes: Change[] = [];
    let passed = 0;
    for (const row of rows) {
      const items = itemsOf(row.seq);
      for (
        let index = row.seq === first.row ? first.index + 1 : 0;
        index < items.length;
        index += 1
      ) {
        if (passed === limit) {
          const position = index === 0 ? `${row.seq - 1}` : `${row.seq}.${index - 1}`;
          return { changes, position, leftOut: 0, reset: false };
        }
        const item = items[index];
        const change = item && toChange(item, row, index);
        if (change) changes.push(change);
        passed += 1;
      }
    }
    return { changes, position: `${newest}`, leftOut: 0, reset: false };
  }

  /** The newest state of affairs in one answer: `limit` of `total` items, evenly, and every resource. */
  function thinned(
    rows: readonly ChangeRow[],
    first: { row: number; index: number },
    limit: number,
    total: number,
    newest: number,
  ): Changes {
    const changes: Change[] = [];
    const isChosen = chooseEvenly(total, limit);
    let passed = 0;
    let leftOut = 0;
    for (const row of rows) {
      const start = row.seq === first.row ? first.index + 1 : 0;
      const thinnable = row.item_count - row.resource_count;
      const wanted = new Set<number>();
      for (let index = start; index < thinnable; index += 1) {
        if (isChosen(passed)) wanted.add(index);
        else leftOut += 1;
        passed += 1;
      }
      if (wanted.size === 0 && row.resource_count === 0) continue;
      for (const [index, item] of itemsOf(row.seq).entries()) {
        if (index < start || (index < thinnable && !wanted.has(index))) continue;
        const change = toChange(item, row, index);
        if (change) changes.push(change);
      }
    }
    return { changes, position: `${newest}`, leftOut, reset: false };
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
    if (!thin) return inOrder(headers.iterate(from, end), first, limit, end);
    const rows = headers.all(from, end);
    const total = rows.reduce((sum, row) => {
      const thinnable = row.item_count - row.resource_count;
      const done = row.seq === first.row ? Math.min(first.index + 1, thinnable) : 0;
      return sum + thinnable - done;
    }, 0);
    return thinned(rows, first, limit, total, end);
  }

  return {
    changePosition: (): string => `${ends.get()?.newest ?? 0}`,
    changes: (request: ChangeRequest): Changes =>
      // One snapshot, so that the end and the rows agree.
      database.transaction(() => changes(request))(),
  };
}
