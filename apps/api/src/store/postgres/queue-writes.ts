import type { Claim, NewEvent, SettleResult, Settlement } from '../store.ts';
import { hasNoPartition } from './failures.ts';
import type { Lease } from './leases.ts';
import { suspecting } from './lost-leases.ts';
import { dayOf } from './row-numbers.ts';
import type { StoreWrites, WriteParts } from './write-parts.ts';
import { COMMAND_BYTES } from './write-bounds.ts';
import { createLane } from './write-lane.ts';
import { append } from './writes/append.ts';
import type { Appended } from './writes/append.ts';
import { createClaim } from './writes/claim.ts';
import { release } from './writes/release.ts';
import { findLeases, settle } from './writes/settle.ts';

/** Transactions of each kind at a time: while one is being committed, the next is on its way. */
const WIDTH = 2;
const MOST_EVENTS = 500;
const MOST_SETTLEMENTS = 500;

/** The writes of every event: group commits, and the leases of this process. */
export function createQueueWrites(
  parts: WriteParts,
): Pick<StoreWrites, 'append' | 'claim' | 'settle' | 'release'> {
  const { bounds, session, leases, lostLeases } = parts;
  const claimDue = createClaim(session.processNumber);
  const common = { bounds, width: WIDTH };

  const appendLane = createLane({
    ...common,
    isUnderWay: false,
    mostItems: MOST_EVENTS,
    sizeOf: ({ event }: NewEvent) => event.data?.byteLength ?? 0,
    write: (batch) => suspecting(lostLeases, () => appendBatch(parts, batch)),
  });
  const settleLane = createLane({
    ...common,
    isUnderWay: true,
    mostItems: MOST_SETTLEMENTS,
    sizeOf: settlementBytes,
    write: (batch) => settleBatch(parts, batch),
  });

  return {
    append: (batch) => (batch.length === 0 ? Promise.resolve([]) : appendLane(batch)),
    async claim(request) {
      if (request.limit <= 0 || request.rooms.length === 0) return [];
      const leave = bounds.enter(COMMAND_BYTES, false);
      try {
        const leased = await suspecting(lostLeases, () =>
          session.transact((work) => claimDue(work, request)),
        );
        return leased.map(({ claim, seq }) => {
          leases.hold(leaseOf(claim, seq));
          return claim;
        });
      } finally {
        leave();
      }
    },
    settle: (settlements) =>
      settlements.length === 0 ? Promise.resolve([]) : settleLane(settlements),
    async release(claims) {
      if (claims.length === 0) return;
      const leave = bounds.enter(COMMAND_BYTES, true);
      try {
        const found = (await leasesFor(parts, claims)).filter((lease) => lease !== null);
        const released = await session.transact((work) => release(work, found));
        // One that was carried to another day meanwhile is found there by its owner.
        if (released < found.length) lostLeases.suspect();
        for (const { deliveryId, fence } of claims) leases.end(deliveryId, fence);
      } finally {
        leave();
      }
    },
  };
}

async function appendBatch(
  { session, days, leases }: WriteParts,
  batch: readonly NewEvent[],
): Promise<Appended['results']> {
  const write = async (): Promise<Appended> => {
    await days.ensure(batch.map(({ event }) => dayOf(event.receivedAt)));
    return session.transact((work) => append(work, batch, session.processNumber));
  };
  let appended: Appended;
  try {
    appended = await write();
  } catch (error) {
    if (!hasNoPartition(error)) throw error;
    // Retention has taken the day away since we made it.
    days.forget();
    appended = await write();
  }
  for (const lease of appended.leased) leases.hold(lease);
  return appended.results;
}

async function settleBatch(
  parts: WriteParts,
  batch: readonly Settlement[],
): Promise<SettleResult[]> {
  const { session, leases } = parts;
  const found = await leasesFor(parts, batch);
  const results = await session.transact((work) => settle(work, batch, found));
  await settleMoved(parts, batch, found, results);
  for (const { deliveryId, fence } of batch) leases.end(deliveryId, fence);
  return results;
}

/** A lease may be stale only because its delivery was carried to another day: such are found by their ids, and settled there. */
async function settleMoved(
  { database, session }: WriteParts,
  batch: readonly Settlement[],
  leases: readonly (Lease | null)[],
  results: SettleResult[],
): Promise<void> {
  const stale = batch.filter((_one, place) => results[place] === 'stale' && leases[place]);
  if (stale.length === 0) return;
  const now = await findLeases(
    database.query,
    stale.map(({ deliveryId }) => deliveryId),
  );
  const moved = batch.map((one, place) => {
    const lease = now.find(
      ({ deliveryId, fence }) => deliveryId === one.deliveryId && fence === one.fence,
    );
    return results[place] === 'stale' && lease?.seq !== leases[place]?.seq ? (lease ?? null) : null;
  });
  if (moved.every((lease) => lease === null)) return;
  const later = await session.transact((work) => settle(work, batch, moved));
  for (const [place, result] of later.entries()) if (moved[place]) results[place] = result;
}

/** Finds leases in memory, and where they are not there in the database. */
async function leasesFor(
  { database, leases }: WriteParts,
  wanted: readonly { deliveryId: string; fence: number }[],
): Promise<(Lease | null)[]> {
  const held = wanted.map(({ deliveryId, fence }) => leases.find(deliveryId, fence));
  const unknown = wanted.filter((_one, place) => !held[place]);
  const rows = await findLeases(
    database.query,
    unknown.map(({ deliveryId }) => deliveryId),
  );
  const byId = new Map(rows.map((lease) => [lease.deliveryId, lease]));
  return wanted.map(({ deliveryId, fence }, place) => {
    const row = byId.get(deliveryId);
    return held[place] ?? (row?.fence === fence ? row : null);
  });
}

function leaseOf({ delivery, fence }: Claim, seq: number): Lease {
  const { id: deliveryId, subscriptionId, orderingKey } = delivery;
  return { deliveryId, fence, seq, subscriptionId, orderingKey };
}

function settlementBytes({ attempt }: Settlement): number {
  return (attempt?.request?.body?.byteLength ?? 0) + (attempt?.response?.body.byteLength ?? 0);
}
