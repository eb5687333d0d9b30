import type { Database } from 'better-sqlite3';

import { isActionAllowed } from '../../../domain/delivery-states.ts';
import type { DeliveryAction } from '../../../domain/delivery-states.ts';
import type { Delivery } from '../../../domain/delivery.ts';
import { GatewayError } from '../../../domain/errors.ts';
import { stateCode, stateOf } from '../../codes.ts';
import { DELIVERY_COLUMNS, WAITS_FOR, toDelivery } from '../../rows.ts';
import type { JoinedDeliveryRow } from '../../rows.ts';
import { WAITS } from '../../turns.ts';
import type { PersonalAction, WriteCommands } from '../commands.ts';
import { countTarget } from '../transaction.ts';
import type { Transaction } from '../transaction.ts';
import { createAudit } from './audit.ts';
import { createLines } from './lines.ts';

const CANCELLED = stateCode('cancelled');
const PENDING = stateCode('pending');
const DEAD = stateCode('dead');
const FINAL_STATES: readonly string[] = ['succeeded', 'dead', 'cancelled'];

/** Prepares what a person may do to a delivery: retry it or cancel it. */
export function createPersonalActions(database: Database) {
  const columns = DELIVERY_COLUMNS.map((column) => `deliveries.${column}`).join(', ');
  const find = database.prepare<[string], JoinedDeliveryRow>(
    `SELECT ${columns}, events.id AS record_id, ${WAITS_FOR} AS waits_for FROM deliveries JOIN events ON events.seq = deliveries.event_seq WHERE deliveries.id = ?`,
  );
  const reopen = database.prepare(
    `UPDATE deliveries SET state = ${PENDING}, due_at = ?, schedule_start = attempt_count, reason = NULL, reason_detail = NULL, finished_at = NULL WHERE seq = ?`,
  );
  const cancel = database.prepare(
    `UPDATE deliveries SET state = ${CANCELLED}, due_at = NULL, reason = 'cancelled_by_user', reason_detail = 'Cancelled by a person.', finished_at = ? WHERE seq = ?`,
  );
  const lines = createLines(database);
  const writeAudit = createAudit(database);

  function findAllowed(id: string, action: DeliveryAction, transaction: Transaction, at: number) {
    const row = find.get(id);
    if (!row) throw new GatewayError('not_found', `There is no delivery ${id}.`);
    const state = stateOf(row.state);
    if (!isActionAllowed(action, state)) {
      throw new GatewayError('conflict', `A delivery that is ${state} allows no ${action}.`);
    }
    if (FINAL_STATES.includes(state)) {
      countTarget(transaction, 'delivery.reopened', at, row.target_id);
    }
    transaction.updatedDeliveries.push(row.seq);
    return row;
  }

  function reread(id: string): Delivery {
    const row = find.get(id);
    if (!row) throw new GatewayError('not_found', `There is no delivery ${id}.`);
    return toDelivery(row);
  }

  return {
    retryDelivery({ id, at, audit }: PersonalAction, transaction: Transaction): Delivery {
      const row = findAllowed(id, 'retry', transaction, at);
      reopen.run(at, row.seq);
      lines.reopened(row.seq, transaction);
      writeAudit(audit);
      return reread(id);
    },
    cancelDelivery({ id, at, audit }: PersonalAction, transaction: Transaction): Delivery {
      const row = findAllowed(id, 'cancel', transaction, at);
      cancel.run(at, row.seq);
      lines.ended(row.seq, transaction);
      countTarget(transaction, 'delivery.cancelled', at, row.target_id);
      writeAudit(audit);
      return reread(id);
    },
  };
}

type Waiting = 'target_id' | 'subscription_id' | 'replay_id';
interface CancelledRow {
  seq: number;
  target_id: string;
  ordering_key: string | null;
}

/** Prepares the statements that cancel what waits for a target, through a subscription or of a replay. */
export function createCancelWaiting(database: Database) {
  const lines = createLines(database);
  const prepare = (column: Waiting, condition: string) =>
    database.prepare<[string, string, number, string, number], CancelledRow>(
      `UPDATE deliveries SET state = ${CANCELLED}, due_at = NULL, reason = ?, reason_detail = ?, finished_at = ?
       WHERE seq IN (SELECT seq FROM deliveries WHERE ${column} = ? AND ${condition} LIMIT ?)
       RETURNING seq, target_id, ordering_key`,
    );
  // What waits for its turn goes first, so that it is not given the turn only to be cancelled next.
  const prepareBoth = (column: Waiting) => [
    prepare(column, `turn = ${WAITS} AND state <> ${DEAD}`),
    prepare(column, 'due_at IS NOT NULL'),
  ];
  const ofTarget = prepareBoth('target_id');
  const ofSubscription = prepareBoth('subscription_id');
  const ofReplay = prepareBoth('replay_id');

  return (
    { filter, reason, at, limit }: WriteCommands['cancelWaiting']['input'],
    transaction: Transaction,
  ): number => {
    const [statements, id] =
      'targetId' in filter
        ? [ofTarget, filter.targetId]
        : 'subscriptionId' in filter
          ? [ofSubscription, filter.subscriptionId]
          : [ofReplay, filter.replayId];
    let count = 0;
    for (const statement of statements) {
      const rows = statement.all(reason.code, reason.detail, at, id, limit - count);
      count += rows.length;
      for (const row of rows) {
        countTarget(transaction, 'delivery.cancelled', at, row.target_id);
        transaction.updatedDeliveries.push(row.seq);
        if (row.ordering_key !== null) lines.ended(row.seq, transaction);
      }
    }
    return count;
  };
}
