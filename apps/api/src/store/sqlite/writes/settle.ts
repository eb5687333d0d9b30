import type { Database } from 'better-sqlite3';

import { codeClassOf, stateCode } from '../../codes.ts';
import { attemptMeasure } from '../../measures.ts';
import type { SettleResult } from '../../store.ts';
import type { AttemptTuple, SettleTuple } from '../commands.ts';
import { countTarget } from '../transaction.ts';
import type { Transaction } from '../transaction.ts';
import { createLines } from './lines.ts';

const DELIVERING = stateCode('delivering');
const SUCCEEDED = stateCode('succeeded');
const DEAD = stateCode('dead');
const CANCELLED = stateCode('cancelled');
const RETRYING = stateCode('retrying');

/** An attempt's row number is its delivery's times this, plus how many attempts came before it: no index needed. */
export const ATTEMPTS_A_DELIVERY = 2 ** 20;

interface Leased {
  seq: number;
  target_id: string;
  created_at: number;
  attempt_count: number;
  turn: number | null;
  /** Its row holds nothing that a success would have to take away. */
  is_untouched: 0 | 1;
}

/** Prepares the statements that end a lease with its outcome. */
export function createSettle(database: Database) {
  const lines = createLines(database);
  const leased = database.prepare<[string, number], Leased>(
    `SELECT seq, target_id, created_at, attempt_count, turn,
       due_at IS NULL AND reason IS NULL AND reason_detail IS NULL AND last_error_kind IS NULL AS is_untouched
     FROM deliveries WHERE id = ? AND fence = ? AND state = ${DELIVERING}`,
  );
  // By far the most common end. It names only what changes: every index over a named column is looked at.
  const succeedAtOnce = database.prepare(
    `UPDATE deliveries SET state = ${SUCCEEDED}, finished_at = ?, owner = NULL,
       attempt_count = attempt_count + 1, last_status_code = ?, code_class = ?
     WHERE seq = ?`,
  );
  const finish = database.prepare(
    `UPDATE deliveries SET state = ?, due_at = ?, reason = ?, reason_detail = ?, finished_at = ?, owner = NULL,
       attempt_count = attempt_count + 1, last_status_code = ?, code_class = ?, last_error_kind = ?
     WHERE seq = ?`,
  );
  const finishUntried = database.prepare(
    `UPDATE deliveries SET state = ?, due_at = ?, reason = ?, reason_detail = ?, finished_at = ?, owner = NULL WHERE seq = ?`,
  );
  const insertAttempt = database.prepare(
    `INSERT INTO attempts (seq, id, number, started_at, duration_ms, status_code, error_kind, error, request, request_body, response, response_body)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
  );

  function finishTried(
    [, , state, dueAt, reason, detail, at]: SettleTuple,
    [, , , , statusCode, errorKind]: AttemptTuple,
    row: Leased,
  ): void {
    const codeClass = codeClassOf(statusCode);
    const saysNothing = reason === null && detail === null && errorKind === null;
    if (state === SUCCEEDED && row.is_untouched && saysNothing) {
      succeedAtOnce.run(at, statusCode, codeClass, row.seq);
      return;
    }
    const { due, finishedAt } = timesOf(state, dueAt, at);
    finish.run(state, due, reason, detail, finishedAt, statusCode, codeClass, errorKind, row.seq);
  }

  function writeAttempt(attempt: AttemptTuple, seq: number, nextBlob: () => Buffer | null): void {
    const [
      id,
      number,
      startedAt,
      durationMs,
      statusCode,
      errorKind,
      error,
      request,
      hasRequestBody,
      response,
    ] = attempt;
    const requestBody = hasRequestBody ? nextBlob() : null;
    const responseBody = response === null ? null : nextBlob();
    insertAttempt.run(
      seq,
      id,
      number,
      startedAt,
      durationMs,
      statusCode,
      errorKind,
      error,
      request,
      requestBody,
      response,
      responseBody,
    );
  }

  return (
    settlements: readonly SettleTuple[],
    transaction: Transaction,
    blobs: readonly Buffer[],
  ): SettleResult[] => {
    let blobIndex = 0;
    const nextBlob = () => blobs[blobIndex++] ?? null;
    return settlements.map((settlement) => {
      const [deliveryId, fence, state, dueAt, reason, detail, at, attempt] = settlement;
      const row = leased.get(deliveryId, fence);
      if (!row) {
        if (attempt?.[8]) nextBlob();
        if (attempt && attempt[9] !== null) nextBlob();
        return 'stale';
      }
      if (attempt) {
        const [, , , durationMs, statusCode] = attempt;
        finishTried(settlement, attempt, row);
        writeAttempt(attempt, row.seq * ATTEMPTS_A_DELIVERY + row.attempt_count, nextBlob);
        countTarget(transaction, attemptMeasure(statusCode), at, row.target_id, durationMs);
      } else {
        const { due, finishedAt } = timesOf(state, dueAt, at);
        finishUntried.run(state, due, reason, detail, finishedAt, row.seq);
      }
      countEnd(transaction, state, at, row);
      transaction.updatedDeliveries.push(row.seq);
      if (row.turn === null) return 'settled';
      return lines.settled(row.seq, state, transaction) ? 'next_due' : 'settled';
    });
  };
}

function timesOf(state: number, dueAt: number | null, at: number) {
  return state === RETRYING
    ? { due: dueAt ?? at, finishedAt: null }
    : { due: null, finishedAt: at };
}

function countEnd(transaction: Transaction, state: number, at: number, row: Leased): void {
  if (state === SUCCEEDED) {
    countTarget(transaction, 'delivery.succeeded', at, row.target_id);
    countTarget(transaction, 'latency', at, row.target_id, Math.max(0, at - row.created_at));
  } else if (state === DEAD) {
    countTarget(transaction, 'delivery.dead', at, row.target_id);
  } else if (state === CANCELLED) {
    countTarget(transaction, 'delivery.cancelled', at, row.target_id);
  }
}
