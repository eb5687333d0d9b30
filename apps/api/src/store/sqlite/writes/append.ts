import type { Database } from 'better-sqlite3';

import { stateCode, statusOf } from '../../codes.ts';
import type { AppendOutcome, EventTuple } from '../commands.ts';
import { countEvent } from '../transaction.ts';
import type { Transaction } from '../transaction.ts';
import { createLastDelivery } from './last-delivery.ts';
import { createLines } from './lines.ts';

const PENDING = stateCode('pending');
const DELIVERING = stateCode('delivering');
const NO_DATA = 2;

/** Prepares the statements that write events with their deliveries. */
export function createAppend(database: Database, processNumber: number) {
  const lines = createLines(database, processNumber);
  const lastEvent = database
    .prepare(
      "SELECT max(ifnull((SELECT max(seq) FROM events), 0), (SELECT value FROM counters WHERE name = 'last_pruned_event'))",
    )
    .pluck();
  const lastDelivery = createLastDelivery(database);
  const existing = database.prepare<
    [eventId: string, source: string],
    { id: string; status: number; delivery_count: number }
  >(
    `SELECT id, status, (SELECT count(*) FROM deliveries WHERE event_seq = events.seq AND replay_id IS NULL) AS delivery_count
     FROM events WHERE event_id = ? AND source = ?`,
  );
  const insertEvent = database.prepare(
    `INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
     ON CONFLICT (event_id, source) DO NOTHING`,
  );
  const insertLeased = database.prepare(
    `INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, subscription_id, target_id, created_at, state, owner, fence)
     VALUES (?,?,?,?,?,?,?,?,${DELIVERING},${processNumber},1)`,
  );
  const insertPending = database.prepare(
    `INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, subscription_id, target_id, created_at, due_at, state)
     VALUES (?,?,?,?,?,?,?,?,?,${PENDING})`,
  );

  function writeDeliveries(
    event: EventTuple,
    eventSeq: number,
    firstSeq: number,
    transaction: Transaction,
    waiting: string[],
  ): number {
    let seq = firstSeq;
    const [, , , type, , , , , , , sourceId, , , at, , , deliveries] = event;
    for (const delivery of deliveries) {
      const [id, subscriptionId, targetId, handOff, orderingKey] = delivery;
      if (orderingKey !== undefined) {
        const birth = { seq, eventSeq, type, sourceId, replayId: null, at };
        const isLeased = lines.append(delivery, orderingKey, birth);
        if (handOff && !isLeased) waiting.push(id);
      } else if (handOff) {
        insertLeased.run(seq, id, eventSeq, type, sourceId, subscriptionId, targetId, at);
      } else {
        insertPending.run(seq, id, eventSeq, type, sourceId, subscriptionId, targetId, at, at);
      }
      transaction.counts.push({
        measure: 'delivery.made',
        at,
        sourceId,
        type,
        targetId,
        by: 1,
        durationMs: -1,
      });
      transaction.updatedDeliveries.push(seq);
      seq += 1;
    }
    return seq;
  }

  return (
    events: readonly EventTuple[],
    transaction: Transaction,
    blobs: readonly Buffer[],
  ): AppendOutcome[] => {
    let eventSeq = Number(lastEvent.get()) + 1;
    let deliverySeq = lastDelivery() + 1;
    let blobIndex = 0;
    return events.map((event): AppendOutcome => {
      const [
        id,
        eventId,
        source,
        type,
        subject,
        time,
        contentType,
        schema,
        extensions,
        kind,
        sourceId,
        status,
        detail,
        at,
        size,
        trace,
      ] = event;
      const data = kind === NO_DATA ? null : (blobs[blobIndex++] ?? null);
      const { changes } = insertEvent.run(
        eventSeq,
        id,
        eventId,
        source,
        type,
        subject,
        time,
        contentType,
        schema,
        extensions,
        kind,
        sourceId,
        status,
        detail,
        at,
        size,
        trace,
        data,
      );
      if (changes === 0) {
        countEvent(transaction, 'event.duplicate', at, sourceId, type);
        const found = existing.get(eventId, source);
        if (!found) throw new Error('An event was there already and cannot be found.');
        return [found.id, statusOf(found.status), found.delivery_count];
      }
      countEvent(transaction, `event.${statusOf(status)}`, at, sourceId, type);
      transaction.seenTypes.push([type, at]);
      transaction.acceptedEvents.push(eventSeq);
      const waiting: string[] = [];
      deliverySeq = writeDeliveries(event, eventSeq, deliverySeq, transaction, waiting);
      eventSeq += 1;
      return waiting.length > 0 ? { waiting } : 0;
    });
  };
}
