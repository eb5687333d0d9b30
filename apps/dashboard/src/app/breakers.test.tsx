import { afterEach, describe, expect, test } from '@jest/globals';
import type { Summary } from '@signalbox/api/contract';
import { cleanup, screen } from '@testing-library/react';
import { TargetsHealth } from '../features/overview/TargetsHealth.tsx';
import { TargetList } from '../features/targets/TargetList.tsx';
import { showScreen } from './show-for-tests.tsx';

const TARGET = {
  id: 'tgt_1',
  name: 'billing',
  url: 'https://billing.example.com',
  state: 'active',
  breaker: 'closed',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const SUMMARY = { targets: [{ targetId: 'tgt_1', breaker: 'open', backlog: 3 }] };
const answers = {
  'GET /v1/targets': { data: [TARGET], nextCursor: null },
  'GET /v1/metrics/summary': SUMMARY,
};
afterEach(cleanup);

describe('a breaker that opened since the targets were read', () => {
  test('is shown open in the figures of the overview', async () => {
    const summary = SUMMARY as unknown as Summary;
    showScreen({ at: '/', element: <TargetsHealth summary={summary} />, answers });
    await screen.findByText('Open');
    expect(screen.queryByText('Active')).toBeNull();
  });

  test('is shown open in the list of targets', async () => {
    showScreen({ at: '/targets', element: <TargetList />, answers });
    await screen.findByText('Open');
  });
});

test('the overview begins with the targets that nothing is delivered to, then those with most waiting', async () => {
  const target = (name: string, state = 'active') => ({
    ...TARGET,
    id: `tgt_${name}`,
    name,
    state,
  });
  const health = (name: string, backlog: number, breaker = 'closed') => ({
    targetId: `tgt_${name}`,
    backlog,
    breaker,
  });
  const summary = {
    targets: [health('idle', 0), health('busy', 9), health('off', 0), health('broken', 1, 'open')],
  } as unknown as Summary;
  const data = [target('idle'), target('busy'), target('off', 'disabled'), target('broken')];
  showScreen({
    at: '/',
    element: <TargetsHealth summary={summary} />,
    answers: { 'GET /v1/targets': { data, nextCursor: null } },
  });
  await screen.findByText('broken');
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual([
    'broken',
    'off',
    'busy',
    'idle',
  ]);
});
