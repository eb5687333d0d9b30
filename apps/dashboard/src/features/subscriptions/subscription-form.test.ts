import { describe, expect, test } from '@jest/globals';
import type { Subscription } from '@signalbox/api/contract';
import {
  formToSubscription,
  readObject,
  subscriptionChange,
  subscriptionCopy,
  subscriptionToForm,
} from './subscription-form.ts';

const STORED: Subscription = {
  id: 'sub_1',
  name: 'orders',
  targetId: 'tgt_1',
  pattern: { type: ['order.created'] },
  transform: { language: 'jsonata', body: 'data', headers: { 'X-A': 'b' } },
  orderingKey: null,
  onDeadLetter: 'block',
  state: 'active',
  createdAt: '2025-01-01T00:00:00.000Z',
  updatedAt: '2025-01-01T00:00:00.000Z',
};

describe('the form of a subscription', () => {
  test('sends nothing when nothing was changed', () => {
    expect(subscriptionChange(subscriptionToForm(STORED), STORED)).toEqual({});
  });

  test('keeps the headers of the transform, which it does not show', () => {
    const form = { ...subscriptionToForm(STORED), body: 'data.order' };
    expect(subscriptionChange(form, STORED)).toEqual({
      transform: { language: 'jsonata', body: 'data.order', headers: { 'X-A': 'b' } },
    });
  });

  test('takes the transform away when none is chosen', () => {
    const form = { ...subscriptionToForm(STORED), language: 'none' as const };
    expect(subscriptionChange(form, STORED)).toEqual({ transform: null });
  });

  test('asks for no order when the key is left empty', () => {
    const ordered = { ...STORED, orderingKey: '/data/order/id' };
    const form = { ...subscriptionToForm(ordered), orderingKey: ' ' };
    expect(subscriptionChange(form, ordered)).toEqual({ orderingKey: null });
  });

  test('sends the ordering key and what follows a dead letter', () => {
    const form = { ...subscriptionToForm(STORED), orderingKey: ' subject ' };
    expect(subscriptionChange({ ...form, onDeadLetter: 'skip' }, STORED)).toEqual({
      orderingKey: 'subject',
      onDeadLetter: 'skip',
    });
  });

  test('of a copy is the same but for the name, which stays within what the gateway takes', () => {
    const form = subscriptionToForm(STORED);
    expect(subscriptionCopy(STORED)).toEqual({ ...form, name: 'orders copy' });
    const { name } = subscriptionCopy({ ...STORED, name: 'x'.repeat(100) });
    expect(name).toBe(`${'x'.repeat(95)} copy`);
  });

  test('has no body while the pattern is not JSON', () => {
    expect(formToSubscription({ ...subscriptionToForm(STORED), pattern: '{"type": [' })).toBeNull();
  });

  test.each(['[1]', '"text"', 'null', '{', ''])(
    '%p is no pattern, and the form says so',
    (text) => {
      expect(readObject(text)).toHaveProperty('fault');
    },
  );
});
