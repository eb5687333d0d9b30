import type { Resource, ResourceKind } from '../../domain/resources.ts';
import type { Store } from '../store.ts';
import { packEvent, packSettlement, unpackAppend } from './pack.ts';
import type { WriteQueue } from './write-queue.ts';

/** Deliveries cancelled, or events pruned, in one transaction, so that other writes are not held up. */
const CANCELLED_A_TURN = 1000;
const PRUNED_A_TURN = 50;

const INDEXED_A_TURN = 500;

type Writes = Pick<
  Store,
  | 'append'
  | 'claim'
  | 'settle'
  | 'release'
  | 'retryDelivery'
  | 'cancelDelivery'
  | 'cancelWaiting'
  | 'insertResource'
  | 'updateResource'
  | 'deleteResource'
  | 'insertRefreshToken'
  | 'rotateRefreshToken'
  | 'revokeFamilyOf'
  | 'revokeSessionsOfUser'
  | 'countLoginFailure'
  | 'clearLoginFailures'
  | 'beginIdempotent'
  | 'finishIdempotent'
  | 'heartbeat'
  | 'takeOver'
  | 'prune'
>;

/** The writing half of the store: each method becomes a command in the queue. */
export function createStoreWrites(write: WriteQueue['write']): Writes {
  return {
    async append(batch) {
      if (batch.length === 0) return [];
      const blobs: Uint8Array[] = [];
      const outcomes = await write(
        'append',
        batch.map((item) => packEvent(item, blobs)),
        blobs,
      );
      return batch.map((item, index) => unpackAppend(item, outcomes[index] ?? 0));
    },
    async claim(request) {
      if (request.limit <= 0 || request.rooms.length === 0) return [];
      return write('claim', request);
    },
    async settle(settlements) {
      if (settlements.length === 0) return [];
      const blobs: Uint8Array[] = [];
      const packed = settlements.map((settlement) => packSettlement(settlement, blobs));
      return write('settle', packed, blobs);
    },
    async release(claims) {
      if (claims.length === 0) return;
      await write(
        'release',
        claims.map(({ deliveryId, fence }) => ({ deliveryId, fence })),
      );
    },
    retryDelivery: (id, at, audit) => write('retryDelivery', { id, at, audit }),
    cancelDelivery: (id, at, audit) => write('cancelDelivery', { id, at, audit }),
    async cancelWaiting(filter, reason, at) {
      let count = 0;
      for (;;) {
        const done = await write('cancelWaiting', { filter, reason, at, limit: CANCELLED_A_TURN });
        count += done;
        if (done < CANCELLED_A_TURN) return count;
      }
    },
    async insertResource(resource, audit) {
      await write('insertResource', { resource, audit });
    },
    async updateResource<K extends ResourceKind>(
      change: Parameters<Store['updateResource']>[0] & { kind: K },
      audit: Parameters<Store['updateResource']>[1],
    ) {
      return (await write('updateResource', { change, audit })) as Resource<K>;
    },
    async deleteResource(target, audit) {
      await write('deleteResource', { target, audit });
    },
    async insertRefreshToken(token) {
      await write('insertRefreshToken', token);
    },
    rotateRefreshToken: (hash, successor, now, graceMs) =>
      write('rotateRefreshToken', { hash, successor, now, graceMs }),
    async revokeFamilyOf(hash) {
      await write('revokeFamilyOf', hash);
    },
    async revokeSessionsOfUser(userId) {
      await write('revokeSessionsOfUser', userId);
    },
    countLoginFailure: (key, now, windowMs) => write('countLoginFailure', { key, now, windowMs }),
    async clearLoginFailures(key) {
      await write('clearLoginFailures', key);
    },
    beginIdempotent: (scope, bodyHash, now, keepMs) =>
      write('beginIdempotent', { scope, bodyHash, now, keepMs }),
    async finishIdempotent(scope, answer) {
      await write('finishIdempotent', { scope, answer });
    },
    async heartbeat(now, report) {
      await write('heartbeat', { now, report: report ? JSON.stringify(report) : null });
    },
    takeOver: (now, silentMs) => write('takeOver', { now, silentMs }),
    async prune(before, now, limit, signal) {
      let count = 0;
      let isDone = false;
      while (count < limit && !isDone) {
        if (signal?.aborted) return count;
        const wanted = Math.min(PRUNED_A_TURN, limit - count);
        const turn = await write('pruneEvents', { before, limit: wanted });
        count += turn.removed;
        isDone = turn.isDone;
      }
      while (!signal?.aborted && !(await write('pruneRest', { before, now })).isDone);
      return count;
    },
  };
}

/** Brings the full-text index up to the newest event, in turns. */
export async function catchUpIndex(write: WriteQueue['write']): Promise<void> {
  while ((await write('indexWords', INDEXED_A_TURN)) === INDEXED_A_TURN);
}
