import { hash } from 'node:crypto';

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
const KEY_BYTES = 16;

/** The key that makes `(source, eventId)` unique: 128 bits of their SHA-256. */
export function eventKey(source: string, eventId: string): Buffer {
  // A source is a URI reference and holds no line break, so the pair cannot be cut in two ways.
  return hash('sha256', `${source}\n${eventId}`, 'buffer').subarray(0, KEY_BYTES);
}

/** Prepares the statements that write events with their deliveries. */
export function createAppend(database: Database, processNumber: number) {
  const lines = createLines(database, processNumber);
  const lastEvent = database
    .prepare(
      "SELECT max(ifnull((SELECT max(seq) FROM events), 0), (SELECT value FROM counters WHERE name = 'last_pruned_event'))",
    )
    .pluck();
  const lastDelivery = createLastDelivery(database);
  const insertKey = database.prepare('INSERT OR IGNORE INTO event_keys VALUES (?, ?)');
  const existing = database.prepare<
    [Buffer],
    { id: string; status: number; delivery_count: number }
  >(
    `SELECT id, status, (SELECT count(*) FROM deliveries WHERE event_seq = events.seq AND replay_id IS NULL) AS delivery_count
     FROM events WHERE seq = (SELECT event_seq FROM event_keys WHERE hash = ?)`,
  );
  const insertEvent = database.prepare(
    `INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  );
  const insertDelivery = database.prepare(
    `INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, subscription_id, target_id, created_at, state, due_at, owner, fence)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
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
        insertDelivery.run(
          seq,
          id,
          eventSeq,
          type,
          sourceId,
          subscriptionId,
          targetId,
          at,
          DELIVERING,
          null,
          processNumber,
          1,
        );
      } else {
        insertDelivery.run(
          seq,
          id,
          eventSeq,
          type,
          sourceId,
          subscriptionId,
          targetId,
          at,
          PENDING,
          at,
          null,
          0,
        );
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
      const key = eventKey(source, eventId);
      if (insertKey.run(key, eventSeq).changes === 0) {
        countEvent(transaction, 'event.duplicate', at, sourceId, type);
        const found = existing.get(key);
        if (!found) throw new Error('An event key points to no event.');
        return [found.id, statusOf(found.status), found.delivery_count];
      }
      insertEvent.run(
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
