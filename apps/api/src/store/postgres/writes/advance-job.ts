import { stateCode } from '../../codes.ts';
import type { JobStep, JobStepResult, ReplayedDelivery } from '../../store.ts';
import { WAITS } from '../../turns.ts';
import { countTarget } from '../journal.ts';
import { jsonRows } from '../json-rows.ts';
import { dayOf } from '../row-numbers.ts';
import type { Work } from '../write-session.ts';
import { DELIVERY_NUMBER, turnAtBirth } from './birth.ts';
import { is } from './conditions.ts';
import { lockLines, moveLines } from './lines.ts';

const PENDING = stateCode('pending');
const DEAD = stateCode('dead');
const CANCELLED = stateCode('cancelled');

interface HeldJob {
  state: string;
  owner: number | null;
  fence: number;
  position: string | null;
  created_at: number;
}

/** Does one step of a job, unless its lease was lost or it was done before. */
export async function advanceJob(work: Work, step: JobStep, owner: number): Promise<JobStepResult> {
  const [job] = await work.query<HeldJob>(
    'SELECT state, owner, fence, position, created_at FROM jobs WHERE id = $1 FOR UPDATE',
    [step.jobId],
  );
  if (job?.fence !== step.fence) return { outcome: 'stale' };
  if (job.state !== 'running') return { outcome: 'stopped' };
  if (job.owner !== owner || job.position !== step.from) return { outcome: 'stale' };
  const made = await doWork(work, step, job.created_at);
  work.post(
    'UPDATE jobs SET position = $2, scanned = scanned + $3, made = made + $4, waiting_for = $5, updated_at = $6 WHERE id = $1',
    [step.jobId, step.to, step.scanned, made, step.waitingFor, step.at],
  );
  if (step.end) {
    const failure = step.end.state === 'failed' ? step.end.failure : null;
    work.post(
      'UPDATE jobs SET state = $2, failure = $3, finished_at = $4, owner = NULL WHERE id = $1',
      [step.jobId, step.end.state, failure, step.at],
    );
  }
  return { outcome: 'advanced', made };
}

function doWork(work: Work, step: JobStep, endedBy: number): Promise<number> {
  if ('make' in step.work) return make(work, step.work.make, step);
  if ('retry' in step.work) return endDeadLetters(work, step.work.retry, true, step.at, endedBy);
  return endDeadLetters(work, step.work.discard, false, step.at, endedBy);
}

// Held until the commit, so that retention does not take an event away from its new delivery.
const HOLD_EVENTS = `
SELECT id, seq, type, source_id FROM events WHERE id = ANY (ARRAY(SELECT json_array_elements_text($1::json))) FOR KEY SHARE`;

const MAKE = `
WITH wanted AS (
  SELECT row.*, ${turnAtBirth('row')} AS turn
  FROM json_to_recordset($1::json) AS row (
    place integer, day bigint, id text, event_seq bigint, event_type text, source_id text, subscription_id text, target_id text, ordering_key text)
  ORDER BY row.place
)
INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, subscription_id, target_id, replay_id, created_at, ordering_key, turn, place, state, due_at)
SELECT ${DELIVERY_NUMBER}, id, event_seq, event_type, source_id, subscription_id, target_id, $2, $3::bigint, ordering_key, turn,
  CASE WHEN turn IS NOT NULL THEN nextval('ordering_places') END, ${PENDING}, CASE WHEN turn IS DISTINCT FROM ${WAITS} THEN $3::bigint END
FROM wanted RETURNING seq`;

interface EventOfDelivery {
  id: string;
  seq: number;
  type: string;
  source_id: string;
}

async function make(
  { query, journal }: Work,
  deliveries: readonly ReplayedDelivery[],
  step: JobStep,
): Promise<number> {
  if (deliveries.length === 0) return 0;
  await lockLines(query, deliveries);
  const ids = JSON.stringify(deliveries.map(({ eventId }) => eventId));
  const held = await query<EventOfDelivery>(HOLD_EVENTS, [ids]);
  const events = new Map(held.map((event) => [event.id, event]));
  const rows = deliveries.flatMap(
    ({ id, eventId, subscriptionId, targetId, orderingKey }, place) => {
      const event = events.get(eventId);
      if (!event) return [];
      const { type, source_id: sourceId } = event;
      const count = { measure: 'delivery.made', at: step.at, by: 1, durationMs: -1 } as const;
      journal.counts.push({ ...count, sourceId, type, targetId });
      return {
        place,
        day: dayOf(step.at),
        id,
        event_seq: event.seq,
        event_type: type,
        source_id: sourceId,
        subscription_id: subscriptionId ?? '',
        target_id: targetId,
        // Without a subscription there is no line to stand in.
        ordering_key: subscriptionId === null ? null : orderingKey,
      };
    },
  );
  const made = await query<{ seq: number }>(MAKE, [jsonRows(rows), step.jobId, step.at]);
  journal.updatedDeliveries.push(...made.map(({ seq }) => seq).sort((a, b) => a - b));
  return rows.length;
}

const FIND_DEAD = `
SELECT seq, subscription_id AS "subscriptionId", ordering_key AS "orderingKey"
FROM deliveries WHERE id = ANY (ARRAY(SELECT json_array_elements_text($1::json))) AND state = ${DEAD} AND finished_at <= $2 ORDER BY place, seq`;
const REOPEN = `
UPDATE deliveries SET state = ${PENDING}, due_at = $3::bigint, schedule_start = attempt_count, reason = NULL, reason_detail = NULL, finished_at = NULL
FROM unnest($1::bigint[]) AS found (number) WHERE seq = found.number AND ${is('state', DEAD)} AND finished_at <= $2 RETURNING seq, target_id, ordering_key`;
const DISCARD = `
UPDATE deliveries SET state = ${CANCELLED}, reason = 'discarded', reason_detail = 'Discarded by a person.', finished_at = $3::bigint
FROM unnest($1::bigint[]) AS found (number) WHERE seq = found.number AND ${is('state', DEAD)} AND finished_at <= $2 RETURNING seq, target_id, ordering_key`;

interface DeadRow {
  seq: number;
  subscriptionId: string;
  orderingKey: string | null;
}

async function endDeadLetters(
  work: Work,
  ids: readonly string[],
  isRetry: boolean,
  at: number,
  endedBy: number,
): Promise<number> {
  if (ids.length === 0) return 0;
  const { query, journal } = work;
  const found = await query<DeadRow>(FIND_DEAD, [JSON.stringify(ids), endedBy]);
  if (found.length === 0) return 0;
  await lockLines(query, found);
  const rows = await query<{ seq: number; target_id: string; ordering_key: string | null }>(
    isRetry ? REOPEN : DISCARD,
    [`{${found.map(({ seq }) => seq).join()}}`, endedBy, at],
  );
  for (const row of rows) {
    countTarget(journal, 'delivery.reopened', at, row.target_id);
    if (!isRetry) countTarget(journal, 'delivery.cancelled', at, row.target_id);
    journal.updatedDeliveries.push(row.seq);
  }
  const step = isRetry ? 'reopened' : 'ended';
  const inLine = rows.filter((row) => row.ordering_key !== null);
  await moveLines(
    work,
    inLine.map(({ seq }) => ({ seq, step })),
  );
  return rows.length;
}
