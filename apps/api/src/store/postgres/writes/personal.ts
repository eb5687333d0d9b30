import { isActionAllowed } from '../../../domain/delivery-states.ts';
import type { DeliveryAction } from '../../../domain/delivery-states.ts';
import type { Delivery } from '../../../domain/delivery.ts';
import { GatewayError } from '../../../domain/errors.ts';
import { stateCode, stateOf } from '../../codes.ts';
import { toDelivery } from '../../rows.ts';
import type { JoinedDeliveryRow } from '../../rows.ts';
import type { AuditEntry } from '../../store.ts';
import { undone } from '../failures.ts';
import { countTarget } from '../journal.ts';
import { JOINED_DELIVERY_COLUMNS } from '../reads/delivery-columns.ts';
import type { Work } from '../write-session.ts';
import { writeAudit } from './audit.ts';
import { lockLines, moveLines } from './lines.ts';

const CANCELLED = stateCode('cancelled');
const PENDING = stateCode('pending');
const FINAL_STATES: readonly string[] = ['succeeded', 'dead', 'cancelled'];

const FIND_LINE =
  'SELECT subscription_id AS "subscriptionId", ordering_key AS "orderingKey" FROM deliveries WHERE id = $1';
interface Line {
  subscriptionId: string | null;
  orderingKey: string | null;
}

const FIND = `SELECT ${JOINED_DELIVERY_COLUMNS} FROM deliveries WHERE deliveries.id = $1`;
const REOPEN = `
UPDATE deliveries SET state = ${PENDING}, due_at = $2, schedule_start = attempt_count, reason = NULL, reason_detail = NULL, finished_at = NULL
WHERE seq = $1`;
const CANCEL = `
UPDATE deliveries SET state = ${CANCELLED}, due_at = NULL, reason = 'cancelled_by_user', reason_detail = 'Cancelled by a person.', finished_at = $2
WHERE seq = $1`;

/** What a person does to a delivery. */
export interface PersonalAction {
  id: string;
  at: number;
  audit: AuditEntry;
}

/** A person's retry. @throws GatewayError `not_found`, `conflict` */
export async function retryDelivery(
  work: Work,
  { id, at, audit }: PersonalAction,
): Promise<Delivery> {
  const row = await lockAllowed(work, id, 'retry', at);
  await work.query(REOPEN, [row.seq, at]);
  if (row.ordering_key !== null) await moveLines(work, [{ seq: row.seq, step: 'reopened' }]);
  writeAudit(work.post, audit);
  return reread(work, id);
}

/** A person's cancel. @throws GatewayError `not_found`, `conflict` */
export async function cancelDelivery(
  work: Work,
  { id, at, audit }: PersonalAction,
): Promise<Delivery> {
  const row = await lockAllowed(work, id, 'cancel', at);
  await work.query(CANCEL, [row.seq, at]);
  if (row.ordering_key !== null) await moveLines(work, [{ seq: row.seq, step: 'ended' }]);
  countTarget(work.journal, 'delivery.cancelled', at, row.target_id);
  writeAudit(work.post, audit);
  return reread(work, id);
}

async function lockAllowed(
  { query, journal }: Work,
  id: string,
  action: DeliveryAction,
  at: number,
): Promise<JoinedDeliveryRow> {
  const lines = await query<Line>(FIND_LINE, [id]);
  if (lines.length === 0) throw new GatewayError('not_found', `There is no delivery ${id}.`);
  await lockLines(query, lines);
  const [row] = await query<JoinedDeliveryRow>(`${FIND} FOR UPDATE OF deliveries`, [id]);
  if (!row)
    throw undone('A delivery was carried to another day, or left with retention, as it was found.');
  const state = stateOf(row.state);
  if (!isActionAllowed(action, state)) {
    throw new GatewayError('conflict', `A delivery that is ${state} allows no ${action}.`);
  }
  if (FINAL_STATES.includes(state)) countTarget(journal, 'delivery.reopened', at, row.target_id);
  journal.updatedDeliveries.push(row.seq);
  return row;
}

async function reread({ query }: Work, id: string): Promise<Delivery> {
  const [row] = await query<JoinedDeliveryRow>(FIND, [id]);
  if (!row) throw new GatewayError('not_found', `There is no delivery ${id}.`);
  return toDelivery(row);
}
