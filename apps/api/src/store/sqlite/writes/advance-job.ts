import type { Database } from 'better-sqlite3';

import { stateCode } from '../../codes.ts';
import type { JobStep, JobStepResult, ReplayedDelivery } from '../../store.ts';
import { countTarget } from '../transaction.ts';
import type { Transaction } from '../transaction.ts';
import { createLastDelivery } from './last-delivery.ts';
import { createLines } from './lines.ts';

const PENDING = stateCode('pending');
const DEAD = stateCode('dead');
const CANCELLED = stateCode('cancelled');

interface HeldJob {
  seq: number;
  state: string;
  owner: number | null;
  fence: number;
  position: string | null;
  created_at: number;
}

interface EventOfDelivery {
  seq: number;
  type: string;
  source_id: string;
}

/** Prepares the statements of one step of a job: what it makes, and how far the job has come. */
export function createAdvanceJob(database: Database, processNumber: number) {
  const find = database.prepare<[string], HeldJob>(
    'SELECT seq, state, owner, fence, position, created_at FROM jobs WHERE id = ?',
  );
  const move = database.prepare(
    `UPDATE jobs SET position = ?, scanned = scanned + ?, made = made + ?, waiting_for = ?, updated_at = ? WHERE seq = ?`,
  );
  const finish = database.prepare(
    'UPDATE jobs SET state = ?, failure = ?, finished_at = ?, owner = NULL WHERE seq = ?',
  );
  const eventOf = database.prepare<[string], EventOfDelivery>(
    'SELECT seq, type, source_id FROM events WHERE id = ?',
  );
  const insertDelivery = database.prepare(
    `INSERT INTO deliveries (seq, id, event_seq, event_type, source_id, subscription_id, target_id, replay_id, created_at, state, due_at)
     VALUES (?,?,?,?,?,?,?,?,?,${PENDING},?)`,
  );
  const reopen = database.prepare<[number, string, number], { seq: number; target_id: string }>(
    `UPDATE deliveries SET state = ${PENDING}, due_at = ?, schedule_start = attempt_count, reason = NULL, reason_detail = NULL, finished_at = NULL
     WHERE id = ? AND state = ${DEAD} AND finished_at <= ? RETURNING seq, target_id`,
  );
  const discard = database.prepare<[number, string, number], { seq: number; target_id: string }>(
    `UPDATE deliveries SET state = ${CANCELLED}, reason = 'discarded', reason_detail = 'Discarded by a person.', finished_at = ?
     WHERE id = ? AND state = ${DEAD} AND finished_at <= ? RETURNING seq, target_id`,
  );
  const lastDelivery = createLastDelivery(database);
  const lines = createLines(database);

  function make(
    deliveries: readonly ReplayedDelivery[],
    step: JobStep,
    transaction: Transaction,
  ): number {
    let seq = lastDelivery();
    let made = 0;
    for (const { id, eventId, subscriptionId, targetId, orderingKey } of deliveries) {
      const event = eventOf.get(eventId);
      if (!event) continue;
      seq += 1;
      made += 1;
      const { type, source_id: sourceId } = event;
      if (orderingKey !== null && subscriptionId !== null) {
        const birth = {
          seq,
          eventSeq: event.seq,
          type,
          sourceId,
          replayId: step.jobId,
          at: step.at,
        };
        lines.append([id, subscriptionId, targetId, 0], orderingKey, birth);
      } else {
        insertDelivery.run(
          seq,
          id,
          event.seq,
          type,
          sourceId,
          subscriptionId ?? '',
          targetId,
          step.jobId,
          step.at,
          step.at,
        );
      }
      const count = { measure: 'delivery.made', at: step.at, by: 1, durationMs: -1 } as const;
      transaction.counts.push({ ...count, sourceId, type, targetId });
      transaction.updatedDeliveries.push(seq);
    }
    return made;
  }

  function endDeadLetters(
    statement: typeof reopen,
    ids: readonly string[],
    { at }: JobStep,
    endedBy: number,
    transaction: Transaction,
  ): number {
    let moved = 0;
    for (const id of ids) {
      const row = statement.get(at, id, endedBy);
      if (!row) continue;
      moved += 1;
      countTarget(transaction, 'delivery.reopened', at, row.target_id);
      if (statement === discard) {
        countTarget(transaction, 'delivery.cancelled', at, row.target_id);
        lines.ended(row.seq, transaction);
      } else {
        lines.reopened(row.seq, transaction);
      }
      transaction.updatedDeliveries.push(row.seq);
    }
    return moved;
  }

  function work(step: JobStep, job: HeldJob, transaction: Transaction): number {
    if ('make' in step.work) return make(step.work.make, step, transaction);
    const isRetry = 'retry' in step.work;
    const ids = 'retry' in step.work ? step.work.retry : step.work.discard;
    return endDeadLetters(isRetry ? reopen : discard, ids, step, job.created_at, transaction);
  }

  return (step: JobStep, transaction: Transaction): JobStepResult => {
    const job = find.get(step.jobId);
    if (job?.fence !== step.fence) return { outcome: 'stale' };
    if (job.state !== 'running') return { outcome: 'stopped' };
    if (job.owner !== processNumber || job.position !== step.from) return { outcome: 'stale' };
    const made = work(step, job, transaction);
    move.run(step.to, step.scanned, made, step.waitingFor, step.at, job.seq);
    if (step.end) {
      const failure = step.end.state === 'failed' ? step.end.failure : null;
      finish.run(step.end.state, failure, step.at, job.seq);
    }
    return { outcome: 'advanced', made };
  };
}
