import { afterEach, expect, test } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NewAlertRule } from '../features/alerts/NewAlertRule.tsx';
import { NewReplay } from '../features/replays/NewReplay.tsx';
import { NewSource } from '../features/sources/NewSource.tsx';
import { NewTarget } from '../features/targets/NewTarget.tsx';
import { showScreen } from './show-for-tests.tsx';

afterEach(cleanup);

test.each([
  ['Timeout in seconds', '2.5', <NewTarget key="t" />],
  ['Requests a second', '0.2', <NewTarget key="t" />],
  ['Events a second', '0.5', <NewSource key="s" />],
  ['Deliveries a second', '0.5', <NewReplay key="r" />],
  [/^Raised/, '99.9', <NewAlertRule key="a" />],
])('%s takes a fraction, as the gateway does', async (label, value, element) => {
  showScreen({ at: '/new', element, answers: {}, role: 'admin' });
  const field = screen.getByLabelText<HTMLInputElement>(label);
  await userEvent.clear(field);
  await userEvent.type(field, value);
  expect(field.checkValidity()).toBe(true);
});
