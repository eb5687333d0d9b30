import { expect, test } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { showScreen } from './show-for-tests.tsx';
import { Overview } from '../features/overview/Overview.tsx';

const SUMMARY = {
  windowSeconds: 900,
  eventsAccepted: 41,
  deliveriesSucceeded: 40,
  attempts: 50,
  attemptsFailed: 10,
  successRate: 0.8,
  p50Ms: 12,
  p95Ms: 20,
  p99Ms: 30,
  backlog: 0,
  oldestOpenAt: null,
  deadLetters: 0,
  targets: [],
};
const CALL = 'GET /v1/metrics/summary';

test('figures of one range are never shown under the name of another', async () => {
  const { promise: later, resolve } = Promise.withResolvers();
  const answers: Record<string, unknown> = { [CALL]: SUMMARY };
  showScreen({ at: '/', element: <Overview />, answers });
  const latency = (words: string) =>
    within(screen.getByRole('region', { name: `Latency in ${words}` }));
  await latency('15 min').findByText('12 ms');
  answers[CALL] = later;
  await userEvent.click(screen.getByRole('button', { name: '30 d' }));
  expect(latency('30 d').queryByText('12 ms')).toBeNull();
  resolve({ ...SUMMARY, p50Ms: 340 });
  await latency('30 d').findByText('340 ms');
});
