import type { Database } from 'better-sqlite3';

import type { Attempt, Delivery } from '../../../domain/delivery.ts';
import type { EventRecord } from '../../../domain/event.ts';
import type { Resource, ResourceKind } from '../../../domain/resources.ts';
import { stateCode } from '../../codes.ts';
import {
  DELIVERY_COLUMNS,
  EVENT_SUMMARY_COLUMNS,
  WAITS_FOR,
  toAttempt,
  toDelivery,
  toEvent,
  toResource,
} from '../../rows.ts';
import type { AttemptRow, EventRow, JoinedDeliveryRow, ResourceRow } from '../../rows.ts';
import type { DeadLetterGroup } from '../../store.ts';

const ATTEMPTS = `
  SELECT attempts.id, deliveries.id AS delivery_id, number, started_at, duration_ms, status_code, error_kind, error,
    request, request_body, response, response_body
  FROM attempts JOIN deliveries ON deliveries.seq = attempts.seq >> 20`;

/** Prepares the reading of single records and small sets. */
export function createRecordReads(database: Database) {
  const event = database.prepare<[string], EventRow>(
    `SELECT ${EVENT_SUMMARY_COLUMNS.join(', ')}, data FROM events WHERE id = ?`,
  );
  const deliveryColumns = DELIVERY_COLUMNS.map((column) => `deliveries.${column}`).join(', ');
  const delivery = database.prepare<[string], JoinedDeliveryRow>(
    `SELECT ${deliveryColumns}, events.id AS record_id, ${WAITS_FOR} AS waits_for FROM deliveries JOIN events ON events.seq = deliveries.event_seq WHERE deliveries.id = ?`,
  );
  const attempt = database.prepare<[string], AttemptRow>(`${ATTEMPTS} WHERE attempts.id = ?`);
  const attempts = database.prepare<[string], AttemptRow>(
    `${ATTEMPTS} WHERE deliveries.id = ? AND attempts.seq >= deliveries.seq << 20 AND attempts.seq < (deliveries.seq + 1) << 20
     ORDER BY attempts.seq`,
  );
  const groups = database.prepare<[], DeadLetterGroup>(
    `SELECT target_id AS targetId, ifnull(reason, '') AS reason, count(*) AS count, min(finished_at) AS oldestAt, max(finished_at) AS newestAt
     FROM deliveries WHERE state = ${stateCode('dead')} GROUP BY target_id, reason ORDER BY count DESC, targetId, reason`,
  );
  const nextDue = database
    .prepare<[], number | null>('SELECT min(due_at) FROM deliveries WHERE due_at IS NOT NULL')
    .pluck();
  const resource = database.prepare<[string, string], ResourceRow>(
    'SELECT * FROM resources WHERE kind = ? AND id = ?',
  );
  const resourceByName = database.prepare<[string, string], ResourceRow>(
    'SELECT * FROM resources WHERE kind = ? AND name = ? ORDER BY seq LIMIT 1',
  );
  const resources = database.prepare<[string], ResourceRow>(
    'SELECT * FROM resources WHERE kind = ? ORDER BY seq',
  );
  const revision = database
    .prepare<[], number>("SELECT value FROM counters WHERE name = 'resource_revision'")
    .pluck();
  const seenTypes = database.prepare<[], { type: string; firstSeenAt: number; lastSeenAt: number }>(
    'SELECT type, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt FROM seen_types ORDER BY type',
  );
  const failures = database.prepare<[string, number], { count: number; lastAt: number | null }>(
    'SELECT count(*) AS count, max(at) AS lastAt FROM login_failures WHERE key = ? AND at > ?',
  );

  return {
    getEvent: (id: string): EventRecord | null => optional(event.get(id), toEvent),
    getDelivery: (id: string): Delivery | null => optional(delivery.get(id), toDelivery),
    getAttempt: (id: string): Attempt | null => optional(attempt.get(id), toAttempt),
    listAttempts: (deliveryId: string): Attempt[] => attempts.all(deliveryId).map(toAttempt),
    deadLetterGroups: (): DeadLetterGroup[] => groups.all(),
    nextDueAt: (): number | null => nextDue.get() ?? null,
    getResource: ({ kind, id }: { kind: ResourceKind; id: string }): Resource | null =>
      optional(resource.get(kind, id), toResource),
    findResourceByName: ({ kind, name }: { kind: ResourceKind; name: string }): Resource | null =>
      optional(resourceByName.get(kind, name), toResource),
    loadResources: (kind: ResourceKind): Resource[] => resources.all(kind).map(toResource),
    resourceRevision: (): number => revision.get() ?? 0,
    listSeenTypes: () => seenTypes.all(),
    loginFailures: ({
      key,
      after,
    }: {
      key: string;
      after: number;
    }): { count: number; lastAt: number } => {
      const row = failures.get(key, after);
      return { count: row?.count ?? 0, lastAt: row?.lastAt ?? 0 };
    },
    ping: (): null => {
      revision.get();
      return null;
    },
  };
}

function optional<Row, Item>(row: Row | undefined, toItem: (row: Row) => Item): Item | null {
  return row === undefined ? null : toItem(row);
}
