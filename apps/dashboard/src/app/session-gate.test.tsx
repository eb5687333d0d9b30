import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import { Provider } from 'react-redux';
import { MemoryRouter } from 'react-router';
import { createStore } from './create-store.ts';
import { GatewayContext } from './gateway.tsx';
import { SessionGate } from './SessionGate.tsx';

const USER = { id: 'usr_1', email: 'a@example.com', name: 'A', role: 'admin' };
const still = () => undefined;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

test('a gateway that cannot say whether there is a session is asked until it can, and signs nobody out', async () => {
  const answers = [
    () => Promise.reject(new TypeError('fetch failed')),
    () => Promise.resolve(Response.json({ detail: 'The database is away.' }, { status: 503 })),
    () => Promise.resolve(Response.json({ accessToken: 'token', user: USER })),
  ];
  const { store, tokens } = createStore(() => answers.shift()?.() ?? Promise.reject(new Error()));
  render(
    <Provider store={store}>
      <GatewayContext value={{ tokens, stream: { start: still, pause: still, stop: still } }}>
        <MemoryRouter initialEntries={['/events']}>
          <SessionGate>
            <p>The screen</p>
          </SessionGate>
        </MemoryRouter>
      </GatewayContext>
    </Provider>,
  );
  const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
  await pass(0);
  screen.getByRole('heading', { name: 'The gateway does not answer' });
  await pass(3000);
  expect(screen.getByRole('alert').textContent).toContain('The database is away.');
  await pass(3000);
  screen.getByText('The screen');
});
