import { readPosition } from '../../change-positions.ts';
import { planInOrder, planThinned, positionAfter } from '../../feed-plan.ts';
import type { FeedPlan, FeedRow } from '../../feed-plan.ts';
import { EVENT_SUMMARY_COLUMNS, toDelivery, toEventSummary } from '../../rows.ts';
import type { EventSummaryRow, JoinedDeliveryRow } from '../../rows.ts';
import type { Change, ChangedKind, Changes, Store } from '../../store.ts';
import type { Database } from '../pool.ts';
import { JOINED_DELIVERY_COLUMNS } from './delivery-columns.ts';
import { readFeedEnd } from './feed-end.ts';

interface BodyRow {
  seq: number;
  events: number[];
  deliveries: number[];
  resources: string;
}

interface Records {
  bodies: Map<number, BodyRow>;
  events: Map<number, EventSummaryRow>;
  deliveries: Map<number, JoinedDeliveryRow>;
}

// Positions of this feed are transaction numbers, those of SQLite's are row numbers: after a move the one must not be taken for the other.
const MARK = 'x';

const HEADERS =
  'SELECT seq, at, item_count, resource_count FROM changes WHERE seq >= $1 AND seq <= $2 ORDER BY seq';

/** The reading of the change feed. Rows hold numbers only; the records are read as they are now. */
export function createChangeReads({
  query,
  queryOnce,
}: Pick<Database, 'query' | 'queryOnce'>): Pick<Store, 'changePosition' | 'changes'> {
  /** The numbers of the first row kept and of the last one that no earlier row can follow. */
  async function ends(): Promise<{ oldest: number; newest: number }> {
    const end = await readFeedEnd(query);
    const [row] = await query<{ oldest: number | null; newest: number | null }>(
      'SELECT (SELECT min(seq) FROM changes) AS oldest, (SELECT max(seq) FROM changes WHERE seq < $1) AS newest',
      [end],
    );
    const newest = row?.newest ?? 0;
    return { oldest: Math.min(row?.oldest ?? newest, newest), newest };
  }

  /** Rows of a partitioned table by their numbers; the bounds tell the server which partitions to open. */
  async function byNumber<Row extends { seq: number }>(
    table: 'events' | 'deliveries',
    columns: string,
    numbers: readonly number[],
  ): Promise<Map<number, Row>> {
    if (numbers.length === 0) return new Map();
    const [least, greatest] = numbers.reduce(
      ([low, high], number) => [Math.min(low, number), Math.max(high, number)],
      [Infinity, 0],
    );
    const rows = await queryOnce<Row>(
      `SELECT ${columns} FROM ${table} WHERE ${table}.seq = ANY ($1::bigint[]) AND ${table}.seq >= $2 AND ${table}.seq <= $3`,
      [`{${numbers.join()}}`, least, greatest],
    );
    return new Map(rows.map((row) => [row.seq, row]));
  }

  async function readRecords({ picks }: FeedPlan): Promise<Records> {
    const rows = await query<BodyRow>(
      'SELECT seq, events, deliveries, resources FROM changes WHERE seq = ANY ($1::bigint[])',
      [`{${picks.map(({ row }) => row.seq).join()}}`],
    );
    const bodies = new Map(rows.map((row) => [row.seq, row]));
    const events = new Set<number>();
    const deliveries = new Set<number>();
    for (const { row, indexes } of picks) {
      const body = bodies.get(row.seq);
      if (!body) continue;
      for (const index of indexes) {
        const event = body.events[index];
        const delivery = body.deliveries[index - body.events.length];
        if (event !== undefined) events.add(event);
        else if (delivery !== undefined) deliveries.add(delivery);
      }
    }
    const [foundEvents, foundDeliveries] = await Promise.all([
      byNumber<EventSummaryRow>('events', EVENT_SUMMARY_COLUMNS.join(', '), [...events]),
      byNumber<JoinedDeliveryRow>('deliveries', JOINED_DELIVERY_COLUMNS, [...deliveries]),
    ]);
    return { bodies, events: foundEvents, deliveries: foundDeliveries };
  }

  async function carryOut(plan: FeedPlan): Promise<Changes> {
    const { picks, position, leftOut } = plan;
    if (picks.length === 0)
      return { changes: [], position: MARK + position, leftOut, reset: false };
    const records = await readRecords(plan);
    const changes: Change[] = [];
    for (const { row, indexes } of picks) {
      for (const index of indexes) {
        const change = toChange(row, index, records);
        if (change) changes.push(change);
      }
    }
    return { changes, position: MARK + position, leftOut, reset: false };
  }

  return {
    changePosition: async () => `${MARK}${(await ends()).newest}`,
    async changes({ after, limit, thin }) {
      const { oldest, newest } = await ends();
      const first = after.startsWith(MARK) ? readPosition(after.slice(MARK.length)) : null;
      // Numbers have gaps, so only a position from the oldest row on is known to have lost nothing.
      if (first === null || first.row < oldest || first.row > newest) {
        return { changes: [], position: `${MARK}${newest}`, leftOut: 0, reset: true };
      }
      const from = first.index < 0 ? first.row + 1 : first.row;
      if (thin) {
        const rows = await query<FeedRow>(HEADERS, [from, newest]);
        return carryOut(planThinned(rows, first, limit, newest));
      }
      // Every row but the first holds at least one item, or nothing that could be missed.
      const rows = await query<FeedRow>(`${HEADERS} LIMIT $3`, [from, newest, limit + 2]);
      const last = rows.length < limit + 2 ? newest : (rows.at(-1)?.seq ?? newest);
      return carryOut(planInOrder(rows, first, limit, last));
    },
  };
}

/** Null: the record has left with retention meanwhile. */
function toChange(row: FeedRow, index: number, records: Records): Change | null {
  const body = records.bodies.get(row.seq);
  if (!body) return null;
  const position = MARK + positionAfter(row, index);
  const { at } = row;
  const event = body.events[index];
  if (event !== undefined) {
    const found = records.events.get(event);
    return found ? { kind: 'event.accepted', position, at, event: toEventSummary(found) } : null;
  }
  const delivery = body.deliveries[index - body.events.length];
  if (delivery !== undefined) {
    const found = records.deliveries.get(delivery);
    return found ? { kind: 'delivery.updated', position, at, delivery: toDelivery(found) } : null;
  }
  const resources = JSON.parse(body.resources) as [kind: ChangedKind, id: string][];
  const resource = resources[index - body.events.length - body.deliveries.length];
  if (!resource) return null;
  return { kind: 'resource.changed', position, at, resource: resource[0], id: resource[1] };
}
