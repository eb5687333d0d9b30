import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { act, cleanup, screen } from '@testing-library/react';
import { bodiesOf, Refusal, showScreen } from './show-for-tests.tsx';
import { Drain } from '../features/dead-letters/Drain.tsx';

const WORK = { id: 'rpl_1', kind: 'retry-dead', expected: 3, waitingFor: null, failure: null };
const CALL = 'GET /v1/replays/rpl_1';
const show = (answer: unknown) => {
  const answers: Record<string, unknown> = { [CALL]: answer };
  const element = <Drain id="rpl_1" name="Retry billing" />;
  return { answers, asked: showScreen({ at: '/dead-letters', element, answers }) };
};
const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));

const turn = (visibilityState: 'hidden' | 'visible') => {
  Object.defineProperty(document, 'visibilityState', {
    value: visibilityState,
    configurable: true,
  });
  act(() => void window.dispatchEvent(new Event('visibilitychange')));
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

test('work on dead letters is asked after while it runs, and no more once it has ended', async () => {
  const { answers, asked } = show({ ...WORK, state: 'running', scanned: 1 });
  await pass(2500);
  expect(screen.getByText('1 of 3 dead letters')).toBeTruthy();
  expect(bodiesOf(asked, CALL)).toHaveLength(3);
  answers[CALL] = { ...WORK, state: 'completed', scanned: 3 };
  await pass(60_000);
  expect(screen.getByText('3 of 3 dead letters')).toBeTruthy();
  expect(bodiesOf(asked, CALL)).toHaveLength(4);
});

test('work on dead letters that cannot be read says why, and is shown once it can be', async () => {
  const { answers } = show(new Refusal(503, { detail: 'The database does not answer.' }));
  await pass(100);
  expect(screen.getByRole('alert').textContent).toContain('The database does not answer.');
  answers[CALL] = { ...WORK, state: 'running', scanned: 2 };
  await pass(1000);
  expect(screen.getByText('2 of 3 dead letters')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('work on dead letters is not asked after while nobody looks at the tab', async () => {
  const { asked } = show({ ...WORK, state: 'running', scanned: 1 });
  await pass(1500);
  turn('hidden');
  await pass(60_000);
  expect(bodiesOf(asked, CALL)).toHaveLength(2);
  turn('visible');
  await pass(1000);
  expect(bodiesOf(asked, CALL)).toHaveLength(3);
});
