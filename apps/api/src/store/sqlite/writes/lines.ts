import type { Database } from 'better-sqlite3';

import { stateCode } from '../../codes.ts';
import { HAS_TURN, WAITS } from '../../turns.ts';
import type { DeliveryTuple } from '../commands.ts';
import type { Transaction } from '../transaction.ts';

const PENDING = stateCode('pending');
const DELIVERING = stateCode('delivering');
const RETRYING = stateCode('retrying');
const DEAD = stateCode('dead');

interface LineRow {
  seq: number;
  subscription_id: string;
  ordering_key: string | null;
  turn: number | null;
}

/** What an ordered delivery's row holds besides its tuple. */
interface Birth {
  seq: number;
  eventSeq: number;
  type: string;
  sourceId: string;
  replayId: string | null;
  at: number;
}

/**
 * Prepares the statements that keep the lines of ordered deliveries, as `DeliveryStore` tells. Each finds its row by an index over
 * open ordered deliveries, so the length of a line does not matter. Whoever changes the state of a delivery that may be ordered calls one of these
 * right after it.
 */
export function createLines(database: Database, processNumber: number | null = null) {
  const find = database.prepare<[number], LineRow>(
    'SELECT seq, subscription_id, ordering_key, turn FROM deliveries WHERE seq = ?',
  );
  const holder = database.prepare<[string, string], { seq: number; state: number }>(
    `SELECT seq, state FROM deliveries WHERE subscription_id = ? AND ordering_key = ? AND turn = ${HAS_TURN}`,
  );
  const firstWaiting = database.prepare<[string, string], { seq: number; state: number }>(
    `SELECT seq, state FROM deliveries WHERE subscription_id = ? AND ordering_key = ? AND turn = ${WAITS} ORDER BY seq LIMIT 1`,
  );
  const insert = database.prepare(
    `INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, replay_id, subscription_id, target_id, created_at, state, due_at, owner, fence, ordering_key, turn)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  );
  const take = database.prepare(`UPDATE deliveries SET turn = ${HAS_TURN} WHERE seq = ?`);
  // Due since it was accepted: so no younger delivery of the target comes first again and again.
  const takeDue = database.prepare(
    `UPDATE deliveries SET turn = ${HAS_TURN}, due_at = created_at WHERE seq = ?`,
  );
  const wait = database.prepare(
    `UPDATE deliveries SET turn = ${WAITS}, due_at = NULL WHERE seq = ?`,
  );
  const quit = database.prepare('UPDATE deliveries SET turn = NULL WHERE seq = ?');
  const blocking = database
    .prepare<[string], number>(
      `SELECT 1 FROM resources WHERE id = ? AND kind = 'subscription' AND json_extract(body, '$.onDeadLetter') = 'block'`,
    )
    .pluck();
  const blockers = database
    .prepare<[string], number>(
      `SELECT seq FROM deliveries WHERE subscription_id = ? AND turn IS NOT NULL AND state = ${DEAD}`,
    )
    .pluck();

  const isBlocking = (subscriptionId: string) => blocking.get(subscriptionId) !== undefined;

  /** Gives the free turn of a line to the first that waits. Answers whether it is due now. */
  function passOn(subscriptionId: string, key: string, transaction: Transaction): boolean {
    for (;;) {
      const next = firstWaiting.get(subscriptionId, key);
      if (!next) return false;
      transaction.updatedDeliveries.push(next.seq);
      if (next.state !== DEAD) {
        takeDue.run(next.seq);
        return true;
      }
      if (isBlocking(subscriptionId)) {
        take.run(next.seq);
        return false;
      }
      quit.run(next.seq);
    }
  }

  function ended(seq: number, transaction: Transaction): boolean {
    const row = find.get(seq);
    if (!row || row.turn === null || row.ordering_key === null) return false;
    quit.run(seq);
    return row.turn === HAS_TURN && passOn(row.subscription_id, row.ordering_key, transaction);
  }

  function givenBack(seq: number, transaction: Transaction): boolean {
    const row = find.get(seq);
    if (!row || row.ordering_key === null) return false;
    const front = firstWaiting.get(row.subscription_id, row.ordering_key);
    if (!front || front.seq > seq) return false;
    wait.run(seq);
    return passOn(row.subscription_id, row.ordering_key, transaction);
  }

  return {
    /** Writes an ordered delivery at the end of its line. Answers whether it was born leased. */
    append(delivery: DeliveryTuple, key: string, birth: Birth): boolean {
      const [id, subscriptionId, targetId, handOff] = delivery;
      const { seq, eventSeq, type, sourceId, replayId, at } = birth;
      const isFirst = holder.get(subscriptionId, key) === undefined;
      const isLeased = isFirst && handOff === 1;
      const dueAt = isFirst && !isLeased ? at : null;
      const lease = isLeased ? [DELIVERING, dueAt, processNumber, 1] : [PENDING, dueAt, null, 0];
      const names = [id, eventSeq, type, sourceId, replayId, subscriptionId, targetId, at];
      insert.run(seq, ...names, ...lease, key, isFirst ? HAS_TURN : WAITS);
      return isLeased;
    },
    /** A lease has ended with this state. Answers whether another delivery of the line is due now. */
    settled(seq: number, state: number, transaction: Transaction): boolean {
      if (state === RETRYING) return givenBack(seq, transaction);
      const row = state === DEAD ? find.get(seq) : undefined;
      if (row && isBlocking(row.subscription_id)) return givenBack(seq, transaction);
      return ended(seq, transaction);
    },
    /** A lease has ended, and the delivery stays in its line: one that was retried in front of it goes first. Answers whether there is one. */
    givenBack,
    /** A delivery that waited, or a dead letter, has ended for good. Answers whether another delivery of the line is due now. */
    ended,
    /** A delivery became `pending` and due by a retry: it goes back to its place. */
    reopened(seq: number, transaction: Transaction): void {
      const row = find.get(seq);
      if (!row || row.ordering_key === null || row.turn === HAS_TURN) return;
      const first = holder.get(row.subscription_id, row.ordering_key);
      if (first && (first.state === DELIVERING || first.seq < seq)) {
        wait.run(seq);
        return;
      }
      if (first) {
        wait.run(first.seq);
        transaction.updatedDeliveries.push(first.seq);
      }
      take.run(seq);
    },
    /** A subscription blocks no more: its dead letters leave their lines. */
    unblock(subscriptionId: string, transaction: Transaction): void {
      for (const seq of blockers.all(subscriptionId)) {
        transaction.updatedDeliveries.push(seq);
        ended(seq, transaction);
      }
    },
  };
}
