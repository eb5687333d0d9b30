import { expect, test } from '@jest/globals';
import {
  EMPTY_RULE,
  formToRule,
  ruleChange,
  ruleText,
  ruleToForm,
  withMeasure,
} from './rule-form.ts';

const STORED = {
  id: 'alr_1',
  name: 'Slow',
  measure: 'latencyP99Ms',
  scope: { kind: 'target', targetId: 'tgt_1' },
  threshold: 500,
  windowMinutes: 15,
  severity: 'warning',
  state: 'active',
  createdAt: '2025-01-01T00:00:00.000Z',
  updatedAt: '2025-01-01T00:00:00.000Z',
} as const;

test('a rule goes through its form unchanged, and only what was edited is sent', () => {
  const form = ruleToForm(STORED);
  expect(ruleChange(form, STORED)).toEqual({});
  expect(ruleChange({ ...form, threshold: '80', scope: 'all' }, STORED)).toEqual({
    threshold: 80,
    scope: { kind: 'all' },
  });
});

test('another measure takes a scope that it knows', () => {
  const form = withMeasure(EMPTY_RULE, 'eventsPerMinute');
  expect(formToRule(form)).toMatchObject({ measure: 'eventsPerMinute', scope: { kind: 'all' } });
  expect(withMeasure(EMPTY_RULE, 'deadLetters').scope).toBe('each-target');
});

test('a rule is said in words, with its unit and, where it has one, its window', () => {
  expect(ruleText(STORED)).toBe('p99 from acceptance to success above 500 ms in 15 min');
  expect(ruleText({ measure: 'deadLetters', threshold: 100, windowMinutes: 15 })).toBe(
    'dead letters above 100',
  );
});
