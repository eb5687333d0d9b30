import { expect } from '@jest/globals';

import type { SubscriptionBody } from '../../domain/resources.ts';
import type { Claim, Store } from '../store.ts';
import { claimAll, first } from './fixture.ts';
import type { Fixture } from './fixture.ts';

export const KEY = { orderingKey: 'order-7' };
export const FAILED = { statusCode: 500 };

/** The subscription that the deliveries of `tgt_a` belong to. */
export async function subscribe(
  store: Store,
  fixture: Fixture,
  onDeadLetter: SubscriptionBody['onDeadLetter'],
): Promise<SubscriptionBody> {
  const body: SubscriptionBody = {
    name: 'orders',
    targetId: 'tgt_a',
    pattern: {},
    transform: null,
    orderingKey: 'subject',
    onDeadLetter,
    state: 'active',
  };
  const at = fixture.clock.now();
  await store.insertResource(
    {
      kind: 'subscription',
      id: 'sub_tgt_a',
      name: body.name,
      parentId: null,
      version: 1,
      body,
      createdAt: at,
      updatedAt: at,
    },
    fixture.audit(),
  );
  return body;
}

/** Appends `count` deliveries of one key to `tgt_a`, each in an append of its own; answers their ids. */
export async function line(store: Store, fixture: Fixture, count: number, options = KEY) {
  const items = Array.from({ length: count }, () => fixture.newEvent(['tgt_a'], options));
  for (const item of items) await store.append([item]);
  return items.map(({ deliveries }) => first(deliveries).id);
}

export const idsOf = (claims: readonly Claim[]) => claims.map(({ delivery }) => delivery.id);

/** What may be claimed for `tgt_a` now: at most one of a line. */
export const claimLine = (store: Store, fixture: Fixture) => claimAll(store, fixture, ['tgt_a']);

export async function claimOne(store: Store, fixture: Fixture): Promise<Claim> {
  const claims = await claimLine(store, fixture);
  expect(claims).toHaveLength(1);
  return first(claims);
}

/** Claims the line's delivery and ends it so; answers its id. */
export async function endOne(
  store: Store,
  fixture: Fixture,
  state: 'succeeded' | 'dead' | 'cancelled' = 'succeeded',
): Promise<string> {
  const claim = await claimOne(store, fixture);
  await store.settle([fixture.settlement(claim, state)]);
  return claim.delivery.id;
}
