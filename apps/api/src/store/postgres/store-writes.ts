import type { Resource, ResourceKind } from '../../domain/resources.ts';
import type { Store } from '../store.ts';
import { jobLeaseKey, suspecting } from './lost-leases.ts';
import { createQueueWrites } from './queue-writes.ts';
import { prune } from './prune.ts';
import { dayOf } from './row-numbers.ts';
import { COMMAND_BYTES } from './write-bounds.ts';
import type { StoreWrites, WriteParts } from './write-parts.ts';
import type { Work } from './write-session.ts';
import { acknowledgeAlert, claimTurn, raiseAlert, resolveAlert } from './writes/alerts.ts';
import { advanceJob } from './writes/advance-job.ts';
import { cancelWaiting } from './writes/cancel-waiting.ts';
import { beginIdempotent, finishIdempotent } from './writes/idempotency.ts';
import { changeJobState, claimJobs, insertJob, releaseJob } from './writes/jobs.ts';
import { cancelDelivery, retryDelivery } from './writes/personal.ts';
import { findGoneOwners, heartbeat, takeOverFrom } from './writes/processes.ts';
import { release } from './writes/release.ts';
import { deleteResource, insertResource, updateResource } from './writes/resources.ts';
import {
  clearLoginFailures,
  countLoginFailure,
  insertRefreshToken,
  revokeFamilyOf,
  revokeSessionsOfUser,
  rotateRefreshToken,
} from './writes/sessions.ts';

/** Deliveries cancelled in one transaction, so that others are not held up. */
const CANCELLED_A_TURN = 1000;

/** The writing half of the store. */
export function createStoreWrites(parts: WriteParts): StoreWrites {
  const { database, session, bounds, identity } = parts;
  const { processNumber } = session;

  /** Within the bounds of what may wait. */
  async function bounded<T>(run: () => Promise<T>, isUnderWay = false): Promise<T> {
    const leave = bounds.enter(COMMAND_BYTES, isUnderWay);
    try {
      return await run();
    } finally {
      leave();
    }
  }
  const write = <T>(run: (work: Work) => Promise<T>, isUnderWay = false): Promise<T> =>
    bounded(() => session.transact(run), isUnderWay);

  return {
    ...createQueueWrites(parts),
    retryDelivery: (id, at, audit) => write((work) => retryDelivery(work, { id, at, audit })),
    cancelDelivery: (id, at, audit) => write((work) => cancelDelivery(work, { id, at, audit })),
    async cancelWaiting(filter, reason, at) {
      const request = { filter, reason, at, limit: CANCELLED_A_TURN };
      let count = 0;
      for (;;) {
        const { found, cancelled } = await write((work) => cancelWaiting(work, request));
        count += cancelled;
        if (found < CANCELLED_A_TURN) return count;
      }
    },
    insertResource: (resource, audit) => write((work) => insertResource(work, resource, audit)),
    async updateResource<K extends ResourceKind>(
      change: Parameters<Store['updateResource']>[0] & { kind: K },
      audit: Parameters<Store['updateResource']>[1],
    ) {
      return (await write((work) => updateResource(work, change, audit))) as Resource<K>;
    },
    deleteResource: (target, audit) => write((work) => deleteResource(work, target, audit)),
    insertRefreshToken: (token) => write((work) => insertRefreshToken(work, token)),
    rotateRefreshToken: (hash, successor, now, graceMs) =>
      write((work) => rotateRefreshToken(work, hash, successor, now, graceMs)),
    revokeFamilyOf: (hash) => write((work) => revokeFamilyOf(work, hash)),
    revokeSessionsOfUser: (userId) => write((work) => revokeSessionsOfUser(work, userId)),
    countLoginFailure: (key, now, windowMs) =>
      write((work) => countLoginFailure(work, key, now, windowMs)),
    clearLoginFailures: (key) => write((work) => clearLoginFailures(work, key)),
    beginIdempotent: (scope, bodyHash, now, keepMs) =>
      write((work) => beginIdempotent(work, scope, bodyHash, now, keepMs)),
    finishIdempotent: (scope, answer) =>
      write((work) => finishIdempotent(work, scope, answer), true),
    insertJob: (job, audit) => write((work) => insertJob(work, job, audit)),
    changeJobState: (id, action, at, audit) =>
      write((work) => changeJobState(work, id, action, at, audit)),
    async claimJobs(limit) {
      if (limit <= 0) return [];
      const claimed = await suspecting(parts.lostLeases, () =>
        write((work) => claimJobs(work, limit, processNumber)),
      );
      for (const { job, fence } of claimed) parts.jobs.add(jobLeaseKey({ jobId: job.id, fence }));
      return claimed;
    },
    async releaseJob(jobId, fence) {
      parts.jobs.delete(jobLeaseKey({ jobId, fence }));
      await suspecting(parts.lostLeases, () =>
        write((work) => releaseJob(work, jobId, fence, processNumber), true),
      );
    },
    advanceJob: (step) => write((work) => advanceJob(work, step, processNumber)),
    raiseAlert: (alert) => write((work) => raiseAlert(work, alert)),
    resolveAlert: (id, at) => write((work) => resolveAlert(work, id, at)),
    acknowledgeAlert: (id, by, at, audit) =>
      write((work) => acknowledgeAlert(work, { id, by, at, audit })),
    claimTurn: (name, turn) => bounded(() => claimTurn(database.query, name, turn), true),
    heartbeat: (now, report) =>
      bounded(async () => {
        await heartbeat(database.query, identity, processNumber, now, report);
        const today = dayOf(now);
        await parts.days.ensure([today, today + 1]);
      }, true),
    takeOver: (now, silentMs) => bounded(() => takeOver(parts, now, silentMs), true),
    prune: (before, now, limit, signal) =>
      bounded(() => prune(parts, before, now, limit, () => signal?.aborted ?? false)),
  };
}

async function takeOver(
  { database, session, identity, silence, lostLeases }: WriteParts,
  now: number,
  silentMs: number,
): Promise<number> {
  const { query } = database;
  const gone = await findGoneOwners(query, identity, session.processNumber, {
    silence,
    now,
    silentMs,
  });
  let count = 0;
  for (const owner of gone) count += await session.transact((work) => takeOverFrom(work, owner));
  const lost = await lostLeases.find(query);
  if (lost.deliveries.length > 0) {
    count += await session.transact((work) => release(work, lost.deliveries));
  }
  for (const { jobId, fence } of lost.jobs) {
    await session.transact((work) => releaseJob(work, jobId, fence, session.processNumber));
  }
  return count;
}
