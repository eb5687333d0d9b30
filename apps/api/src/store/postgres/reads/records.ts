import type { Resource } from '../../../domain/resources.ts';
import { stateCode } from '../../codes.ts';
import { EVENT_SUMMARY_COLUMNS, toAttempt, toDelivery, toEvent, toResource } from '../../rows.ts';
import type { AttemptRow, EventRow, JoinedDeliveryRow, ResourceRow } from '../../rows.ts';
import type { DeadLetterGroup, Store } from '../../store.ts';
import type { Query } from '../pool.ts';
import { firstNumberOf } from '../row-numbers.ts';
import { dayOfId } from './day-of-id.ts';
import { JOINED_DELIVERY_COLUMNS } from './delivery-columns.ts';

type Records = Pick<
  Store,
  | 'nextDueAt'
  | 'getEvent'
  | 'getDelivery'
  | 'listAttempts'
  | 'getAttempt'
  | 'deadLetterGroups'
  | 'getResource'
  | 'findResourceByName'
  | 'loadResources'
  | 'resourceRevision'
  | 'listSeenTypes'
  | 'loginFailures'
  | 'ping'
>;

const EVENT = `SELECT ${EVENT_SUMMARY_COLUMNS.join(', ')}, data FROM events`;
const DELIVERY = `SELECT ${JOINED_DELIVERY_COLUMNS} FROM deliveries`;
const ATTEMPT = `
SELECT attempts.id, deliveries.id AS delivery_id, number, started_at, duration_ms, status_code, error_kind, error, request, request_body, response, response_body
FROM attempts JOIN deliveries ON deliveries.seq = attempts.delivery_seq`;

/** How many days before its own an attempt's delivery may have been made, for the first look. */
const ATTEMPT_DAYS = 3;
const IN_DAYS = (table: string, number: string) =>
  `WHERE ${table}.id = $1 AND ${number} >= $2::bigint AND ${number} < $3::bigint`;

/** The reading of single records and small sets. */
export function createRecordReads(query: Query): Records {
  /** Looks where the id's time says that it lies, and everywhere if it does not. */
  async function byId<Row extends object>(
    id: string,
    daysBefore: number,
    near: string,
    anywhere: string,
  ): Promise<Row | null> {
    const day = dayOfId(id);
    if (day !== null) {
      // An id may be made just before midnight, and its record just after.
      const range = [firstNumberOf(day - daysBefore), firstNumberOf(day + 2)];
      const [found] = await query<Row>(near, [id, ...range]);
      if (found) return found;
    }
    const [found] = await query<Row>(anywhere, [id]);
    return found ?? null;
  }

  function findDelivery(id: string): Promise<JoinedDeliveryRow | null> {
    const near = `${DELIVERY} ${IN_DAYS('deliveries', 'deliveries.seq')}`;
    return byId(id, 1, near, `${DELIVERY} WHERE deliveries.id = $1`);
  }

  return {
    async nextDueAt() {
      const [row] = await query<{ due_at: number | null }>(
        'SELECT min(due_at) AS due_at FROM deliveries WHERE due_at IS NOT NULL',
      );
      return row?.due_at ?? null;
    },
    async getEvent(id) {
      const near = `${EVENT} ${IN_DAYS('events', 'events.seq')}`;
      const row = await byId<EventRow>(id, 1, near, `${EVENT} WHERE events.id = $1`);
      return row && toEvent(row);
    },
    async getDelivery(id) {
      const row = await findDelivery(id);
      return row && toDelivery(row);
    },
    async listAttempts(deliveryId) {
      const delivery = await findDelivery(deliveryId);
      if (!delivery) return [];
      const rows = await query<AttemptRow>(
        `${ATTEMPT} WHERE attempts.delivery_seq = $1 AND deliveries.seq = $1 ORDER BY attempts.place`,
        [delivery.seq],
      );
      return rows.map(toAttempt);
    },
    async getAttempt(id) {
      const near = `${ATTEMPT} ${IN_DAYS('attempts', 'attempts.delivery_seq')}`;
      const row = await byId<AttemptRow>(
        id,
        ATTEMPT_DAYS,
        near,
        `${ATTEMPT} WHERE attempts.id = $1`,
      );
      return row && toAttempt(row);
    },
    deadLetterGroups: () =>
      query<DeadLetterGroup>(
        `SELECT target_id AS "targetId", coalesce(reason, '') AS reason, count(*) AS count, min(finished_at) AS "oldestAt", max(finished_at) AS "newestAt"
         FROM deliveries WHERE state = ${stateCode('dead')} GROUP BY target_id, reason
         ORDER BY count DESC, target_id, reason`,
      ),
    // A row of a kind holds the body of that kind.
    async getResource(kind, id) {
      const [row] = await query<ResourceRow>(
        'SELECT * FROM resources WHERE kind = $1 AND id = $2',
        [kind, id],
      );
      return row ? (toResource(row) as Resource<typeof kind>) : null;
    },
    async findResourceByName(kind, name) {
      const [row] = await query<ResourceRow>(
        'SELECT * FROM resources WHERE kind = $1 AND name = $2 ORDER BY seq LIMIT 1',
        [kind, name],
      );
      return row ? (toResource(row) as Resource<typeof kind>) : null;
    },
    async loadResources(kind) {
      const rows = await query<ResourceRow>(
        'SELECT * FROM resources WHERE kind = $1 ORDER BY seq',
        [kind],
      );
      return rows.map((row) => toResource(row) as Resource<typeof kind>);
    },
    async resourceRevision() {
      const [row] = await query<{ value: number }>(
        "SELECT value FROM counters WHERE name = 'resource_revision'",
      );
      return row?.value ?? 0;
    },
    listSeenTypes: () =>
      query(
        `SELECT type, min(first_seen_at) AS "firstSeenAt", max(last_seen_at) AS "lastSeenAt"
         FROM seen_types GROUP BY type ORDER BY type`,
      ),
    async loginFailures(key, now, windowMs) {
      const [row] = await query<{ count: number; lastAt: number | null }>(
        'SELECT count(*) AS count, max(at) AS "lastAt" FROM login_failures WHERE key = $1 AND at > $2',
        [key, now - windowMs],
      );
      return { count: row?.count ?? 0, lastAt: row?.lastAt ?? 0 };
    },
    async ping() {
      await query('SELECT 1');
    },
  };
}
