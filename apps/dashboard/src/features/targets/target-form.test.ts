import { describe, expect, test } from '@jest/globals';
import type { Target } from '@signalbox/api/contract';
import { EMPTY_TARGET, formToTarget, targetChange, targetToForm } from './target-form.ts';

const STORED: Target = {
  id: 'tgt_1',
  name: 'billing',
  url: 'https://billing.example.com/hook',
  method: 'PUT',
  format: 'data',
  headers: { 'X-Team': 'a: b' },
  auth: { type: 'basic', username: 'ada', passwordSet: true },
  timeoutMs: 2500,
  maxConcurrency: 7,
  ratePerSecond: null,
  retry: { scheduleSeconds: [1, 2.5], finalCodes: [418] },
  signatures: ['v1', 'v1a'],
  state: 'active',
  stateReason: null,
  breaker: 'closed',
  publicKey: null,
  createdAt: '2025-01-01T00:00:00.000Z',
  updatedAt: '2025-01-01T00:00:00.000Z',
};

describe('the form of a target', () => {
  test('gives back what it was filled from', () => {
    expect(formToTarget(targetToForm(STORED))).toEqual({
      name: 'billing',
      url: 'https://billing.example.com/hook',
      method: 'PUT',
      format: 'data',
      headers: { 'X-Team': 'a: b' },
      auth: { type: 'basic', username: 'ada' },
      timeoutMs: 2500,
      maxConcurrency: 7,
      ratePerSecond: null,
      retry: { scheduleSeconds: [1, 2.5], finalCodes: [418] },
      signatures: ['v1', 'v1a'],
    });
  });

  test('sends nothing when nothing was changed', () => {
    expect(targetChange(targetToForm(STORED), STORED)).toEqual({});
  });

  test('sends only the members that were changed', () => {
    const form = { ...targetToForm(STORED), timeoutSeconds: '30', ratePerSecond: '12.5' };
    expect(targetChange(form, STORED)).toEqual({ timeoutMs: 30_000, ratePerSecond: 12.5 });
  });

  test('names a header that was taken out with null, and leaves out the unchanged ones', () => {
    const stored = { ...STORED, headers: { 'X-Team': 'a: b', 'X-Old': '1', 'X-Same': 's' } };
    const form = { ...targetToForm(stored), headers: 'X-Team: c\nX-Same: s\nX-New: n' };
    expect(targetChange(form, stored)).toEqual({
      headers: { 'X-Old': null, 'X-Team': 'c', 'X-New': 'n' },
    });
  });

  test('takes out every header when the field was emptied', () => {
    expect(targetChange({ ...targetToForm(STORED), headers: '' }, STORED)).toEqual({
      headers: { 'X-Team': null },
    });
  });

  test('sends a secret only when one was typed', () => {
    const form = { ...targetToForm(STORED), authSecret: 'new' };
    expect(targetChange(form, STORED)).toEqual({
      auth: { type: 'basic', username: 'ada', password: 'new' },
    });
  });

  test('empties lists from empty fields', () => {
    const made = formToTarget({ ...EMPTY_TARGET, name: ' x ', retrySchedule: '', finalCodes: '' });
    expect(made.name).toBe('x');
    expect(made.retry).toEqual({ scheduleSeconds: [], finalCodes: [] });
  });
});
