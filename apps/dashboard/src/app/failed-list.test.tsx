import { expect, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReplayList } from '../features/replays/ReplayList.tsx';
import { Refusal, showScreen } from './show-for-tests.tsx';

const LIST = 'GET /v1/replays';

test('a list that could not be read says why, claims nothing to be empty, and is read again by a button', async () => {
  const answers: Record<string, unknown> = {
    [LIST]: new Refusal(503, { title: 'Not ready', detail: 'The database does not answer.' }),
  };
  showScreen({ at: '/replays', element: <ReplayList />, answers });
  expect((await screen.findByRole('alert')).textContent).toContain('The database does not answer.');
  expect(screen.queryByText('No replays yet')).toBeNull();
  answers[LIST] = { data: [], nextCursor: null };
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('No replays yet');
  expect(screen.queryByRole('alert')).toBeNull();
});
