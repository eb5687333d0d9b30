import { bornLeased } from '../../born-leased.ts';
import { dataKindCode, stateCode, statusCode, statusOf } from '../../codes.ts';
import type { AppendResult, NewEvent } from '../../store.ts';
import { WAITS } from '../../turns.ts';
import { eventKey, KEY_BYTES } from '../event-key.ts';
import { eventWords } from '../event-words.ts';
import { undone } from '../failures.ts';
import { countEvent } from '../journal.ts';
import type { Journal } from '../journal.ts';
import { jsonRows } from '../json-rows.ts';
import type { Lease } from '../leases.ts';
import type { Query } from '../pool.ts';
import { NUMBERS_A_DAY, dayOf } from '../row-numbers.ts';
import type { Work } from '../write-session.ts';
import { DELIVERY_NUMBER, turnAtBirth } from './birth.ts';
import { lockLines } from './lines.ts';

const PENDING = stateCode('pending');
const DELIVERING = stateCode('delivering');

/*
 * One statement for the whole batch. Keys go in in their order, so that two batches with the same keys wait for each other in one direction only; a key
 * that is there already takes its event out of everything that follows. Payloads come in one run of bytes.
 */
const INSERT = `
WITH input AS MATERIALIZED (
  SELECT item.*, day * ${NUMBERS_A_DAY} + nextval('events_running') AS seq
  FROM (
    SELECT * FROM json_to_recordset($1::json) AS row (
      place integer, day bigint, id text, event_id text, source text, type text, subject text, time text, data_content_type text, data_schema text,
      extensions text, data_kind smallint, source_id text, status smallint, status_detail text, received_at bigint, size_bytes integer,
      traceparent text, data_start integer, data_size integer, words text)
    ORDER BY place
  ) AS item
), keyed AS (
  INSERT INTO event_keys (hash, event_seq)
  SELECT substring($2::bytea FROM place * ${KEY_BYTES} + 1 FOR ${KEY_BYTES}) AS hash, seq FROM input ORDER BY hash, place
  ON CONFLICT (hash) DO NOTHING RETURNING event_seq
), accepted AS MATERIALIZED (
  SELECT input.* FROM input JOIN keyed ON keyed.event_seq = input.seq ORDER BY place
), written AS (
  INSERT INTO events (seq, id, event_id, source, type, subject, time, data_content_type, data_schema, extensions, data_kind, source_id, status,
    status_detail, received_at, size_bytes, traceparent, data, words)
  SELECT seq, id, event_id, source, type, subject, time, data_content_type, data_schema, extensions, data_kind, source_id, status,
    status_detail, received_at, size_bytes, traceparent, substring($3::bytea FROM data_start + 1 FOR data_size),
    array_to_tsvector(string_to_array(words, ' '))
  FROM accepted
), wanted AS (
  SELECT row.*, accepted.day, accepted.seq AS event_seq, accepted.type, accepted.source_id, accepted.received_at,
    ${turnAtBirth('row')} AS turn
  FROM json_to_recordset($4::json) AS row (place integer, event_place integer, id text, subscription_id text, target_id text, ordering_key text, hand_off boolean)
  JOIN accepted ON accepted.place = row.event_place
  ORDER BY row.place
), made AS (
  INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, subscription_id, target_id, created_at, ordering_key, turn, place, state, due_at, owner, fence)
  SELECT ${DELIVERY_NUMBER}, id, event_seq, type, source_id, subscription_id, target_id, received_at, ordering_key, turn,
    CASE WHEN ordering_key IS NOT NULL THEN nextval('ordering_places') END,
    CASE WHEN is_leased THEN ${DELIVERING} ELSE ${PENDING} END, CASE WHEN NOT is_leased AND turn IS DISTINCT FROM ${WAITS} THEN received_at END,
    CASE WHEN is_leased THEN $5::bigint END, is_leased::integer
  FROM (SELECT *, hand_off AND turn IS DISTINCT FROM ${WAITS} AS is_leased FROM wanted) AS wanted
  RETURNING event_seq, seq, turn
)
SELECT accepted.place, accepted.seq, coalesce(born.deliveries, '{}') AS deliveries, coalesce(born.waiting, '{}') AS waiting
FROM accepted LEFT JOIN (
  SELECT event_seq, array_agg(seq ORDER BY seq) AS deliveries, array_agg(seq) FILTER (WHERE turn = ${WAITS}) AS waiting
  FROM made GROUP BY event_seq
) AS born ON born.event_seq = accepted.seq
ORDER BY accepted.place`;

const FIND_EXISTING = `
SELECT encode(event_keys.hash, 'hex') AS key, events.id, events.status,
  (SELECT count(*) FROM deliveries WHERE event_seq = events.seq AND replay_id IS NULL) AS delivery_count
FROM event_keys JOIN events ON events.seq = event_keys.event_seq
WHERE event_keys.hash = ANY (ARRAY(SELECT decode(value, 'hex') FROM json_array_elements_text($1::json)))`;

interface AcceptedRow {
  place: number;
  seq: number;
  deliveries: number[];
  waiting: number[];
}

interface ExistingRow {
  key: string;
  id: string;
  status: number;
  delivery_count: number;
}

/** What became of the events of a batch, and the row numbers of the deliveries that were leased with them. */
export interface Appended {
  results: AppendResult[];
  leased: Lease[];
}

/** Writes events with their deliveries; what is there already is told from what was there in the very moment of writing. */
export async function append(
  { query, journal }: Work,
  batch: readonly NewEvent[],
  processNumber: number,
): Promise<Appended> {
  const keys = batch.map(({ event }) => eventKey(event.source, event.eventId));
  await lockLines(
    query,
    batch.flatMap(({ deliveries }) => deliveries),
  );
  const rows = await query<AcceptedRow>(INSERT, [...parametersOf(batch, keys), processNumber]);
  const accepted = new Map(rows.map((row) => [row.place, row]));
  const duplicates = keys.filter((_key, place) => !accepted.has(place));
  const existing = await findExisting(query, duplicates);
  const leased: Appended['leased'] = [];
  const results = batch.map((item, place): AppendResult => {
    const row = accepted.get(place);
    if (row) return noteAccepted(item, row, journal, leased);
    const found = existing.get(keys[place]?.toString('hex') ?? '');
    if (!found) throw undone('A key was there and its event has left with retention.');
    return noteDuplicate(item, found, journal);
  });
  return { results, leased };
}

function parametersOf(batch: readonly NewEvent[], keys: readonly Buffer[]): unknown[] {
  const payloads: Uint8Array[] = [];
  const deliveries: object[] = [];
  let dataStart = 0;
  const events = batch.map(({ event, deliveries: wanted }, place) => {
    const dataSize = event.data?.byteLength ?? null;
    const row = { ...eventRow(event), place, data_start: dataStart, data_size: dataSize };
    if (event.data) payloads.push(event.data);
    dataStart += dataSize ?? 0;
    for (const one of wanted) {
      deliveries.push({
        place: deliveries.length,
        event_place: place,
        id: one.id,
        subscription_id: one.subscriptionId,
        target_id: one.targetId,
        ordering_key: one.orderingKey,
        hand_off: one.handOff,
      });
    }
    return row;
  });
  return [jsonRows(events), Buffer.concat(keys), Buffer.concat(payloads), jsonRows(deliveries)];
}

function eventRow(event: NewEvent['event']): object {
  return {
    day: dayOf(event.receivedAt),
    id: event.id,
    event_id: event.eventId,
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    data_content_type: event.dataContentType,
    data_schema: event.dataSchema,
    extensions: Object.keys(event.extensions).length > 0 ? JSON.stringify(event.extensions) : null,
    data_kind: dataKindCode(event.data === null ? 'none' : event.dataKind),
    source_id: event.sourceId,
    status: statusCode(event.status),
    status_detail: event.statusDetail,
    received_at: event.receivedAt,
    size_bytes: event.sizeBytes,
    traceparent: event.traceparent,
    words: eventWords(event),
  };
}

async function findExisting(
  query: Query,
  keys: readonly Buffer[],
): Promise<ReadonlyMap<string, ExistingRow>> {
  if (keys.length === 0) return new Map();
  const names = JSON.stringify(keys.map((key) => key.toString('hex')));
  const rows = await query<ExistingRow>(FIND_EXISTING, [names]);
  return new Map(rows.map((row) => [row.key, row]));
}

function noteAccepted(
  item: NewEvent,
  row: AcceptedRow,
  journal: Journal,
  leased: Appended['leased'],
): AppendResult {
  const { event, deliveries } = item;
  const { sourceId, type, receivedAt: at, status } = event;
  countEvent(journal, `event.${status}`, at, sourceId, type);
  journal.seenTypes.push([type, at]);
  journal.acceptedEvents.push(row.seq);
  journal.updatedDeliveries.push(...row.deliveries);
  const waiting = new Set(row.waiting);
  const claims = deliveries.flatMap((delivery, index) => {
    const { id, subscriptionId, targetId, orderingKey, handOff } = delivery;
    const dimensions = { sourceId, type, targetId };
    journal.counts.push({ measure: 'delivery.made', at, ...dimensions, by: 1, durationMs: -1 });
    const seq = row.deliveries[index] ?? 0;
    if (!handOff || waiting.has(seq)) return [];
    leased.push({ deliveryId: id, seq, fence: 1, subscriptionId, orderingKey });
    return [{ delivery: bornLeased(event, delivery), fence: 1, event }];
  });
  return {
    outcome: 'accepted',
    eventId: event.id,
    status,
    deliveryCount: deliveries.length,
    claims,
  };
}

function noteDuplicate({ event }: NewEvent, found: ExistingRow, journal: Journal): AppendResult {
  countEvent(journal, 'event.duplicate', event.receivedAt, event.sourceId, event.type);
  return {
    outcome: 'duplicate',
    eventId: found.id,
    status: statusOf(found.status),
    deliveryCount: found.delivery_count,
    claims: [],
  };
}
