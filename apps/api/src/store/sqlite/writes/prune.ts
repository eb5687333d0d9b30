import type { Database } from 'better-sqlite3';

import { stateCode } from '../../codes.ts';
import { ALL_MEASURES } from '../../measures.ts';
import type { WriteCommands } from '../commands.ts';
import type { Transaction } from '../transaction.ts';
import { ATTEMPTS_A_DELIVERY } from './settle.ts';

const FIRST_FINAL_STATE = stateCode('succeeded');
const DAY_MS = 86_400_000;
/** Rows of each side table removed in one turn, so that no write waits long. */
const ROWS_A_TURN = 1000;
const MEASURES = ALL_MEASURES.map((measure) => `'${measure}'`).join();
/** Other writes wait for no more than about this. */
const LONGEST_TURN_MS = 10;

/** Prepares the statements of retention: an event leaves with its deliveries, attempts and words. */
export function createPrune(database: Database) {
  const ended = database
    .prepare<[number, number], number>(
      `SELECT seq FROM events
       WHERE received_at < ? AND NOT EXISTS (
         SELECT 1 FROM deliveries WHERE event_seq = events.seq AND (state < ${FIRST_FINAL_STATE} OR turn IS NOT NULL)
       ) ORDER BY received_at LIMIT ?`,
    )
    .pluck();
  const removeAttempts = database.prepare('DELETE FROM attempts WHERE seq >= ? AND seq < ?');
  const removeDeliveries = database
    .prepare<[number], number>('DELETE FROM deliveries WHERE event_seq = ? RETURNING seq')
    .pluck();
  const removeWords = database.prepare('DELETE FROM event_search WHERE rowid = ?');
  const removeEvent = database.prepare('DELETE FROM events WHERE seq = ?');
  const remember = database.prepare('UPDATE counters SET value = max(value, ?) WHERE name = ?');

  const sides = {
    // By measure, with which the key begins.
    rollups: database.prepare(
      `DELETE FROM rollups WHERE (measure, at, source_id, type, target_id, writer) IN (SELECT measure, at, source_id, type, target_id, writer FROM rollups WHERE measure IN (${MEASURES}) AND at > 0 AND at < ? LIMIT ?)`,
    ),
    tokens: database.prepare(
      'DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens WHERE expires_at < ? LIMIT ?)',
    ),
    keys: database.prepare(
      'DELETE FROM idempotency_keys WHERE scope IN (SELECT scope FROM idempotency_keys WHERE expires_at < ? LIMIT ?)',
    ),
    failures: database.prepare(
      'DELETE FROM login_failures WHERE seq IN (SELECT seq FROM login_failures WHERE at < ? LIMIT ?)',
    ),
    jobs: database.prepare(
      'DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE created_at < ? AND finished_at < ? LIMIT ?)',
    ),
    alerts: database.prepare(
      'DELETE FROM alerts WHERE seq IN (SELECT seq FROM alerts WHERE raised_at < ? AND resolved_at < ? LIMIT ?)',
    ),
    // The oldest rows, as far as they are outdated: they lie in the order of time.
    changes: database.prepare(
      'DELETE FROM changes WHERE at < ? AND seq IN (SELECT seq FROM changes WHERE seq < (SELECT max(seq) FROM changes) ORDER BY seq LIMIT ?)',
    ),
  };

  return {
    pruneEvents(
      { before, limit }: WriteCommands['pruneEvents']['input'],
      transaction: Transaction,
    ): WriteCommands['pruneEvents']['output'] {
      const deadline = performance.now() + LONGEST_TURN_MS;
      const found = ended.all(before, limit);
      let lastEvent = 0;
      let lastDelivery = 0;
      let deliveryCount = 0;
      let removed = 0;
      for (const eventSeq of found) {
        if (removed > 0 && performance.now() > deadline) break;
        removed += 1;
        lastEvent = Math.max(lastEvent, eventSeq);
        const deliveries = removeDeliveries.all(eventSeq);
        for (const seq of deliveries) {
          removeAttempts.run(seq * ATTEMPTS_A_DELIVERY, (seq + 1) * ATTEMPTS_A_DELIVERY);
        }
        deliveryCount += deliveries.length;
        lastDelivery = Math.max(lastDelivery, ...deliveries);
        removeWords.run(eventSeq);
        removeEvent.run(eventSeq);
      }
      const isDone = removed === found.length && found.length < limit;
      if (removed === 0) return { removed, isDone };
      remember.run(lastEvent, 'last_pruned_event');
      remember.run(lastDelivery, 'last_pruned_delivery');
      const totals = { at: 0, sourceId: '', type: '', targetId: '', durationMs: -1 };
      transaction.counts.push({ ...totals, measure: 'event.pruned', by: removed });
      transaction.counts.push({ ...totals, measure: 'delivery.pruned', by: deliveryCount });
      return { removed, isDone };
    },
    pruneRest({
      before,
      now,
    }: WriteCommands['pruneRest']['input']): WriteCommands['pruneRest']['output'] {
      const removals = [
        sides.rollups.run(before, ROWS_A_TURN),
        sides.tokens.run(now, ROWS_A_TURN),
        sides.keys.run(now, ROWS_A_TURN),
        sides.failures.run(now - DAY_MS, ROWS_A_TURN),
        sides.changes.run(before, ROWS_A_TURN),
        sides.jobs.run(before, before, ROWS_A_TURN),
        sides.alerts.run(before, before, ROWS_A_TURN),
      ];
      return { isDone: removals.every(({ changes }) => changes < ROWS_A_TURN) };
    },
  };
}
