import { expect, test } from '@jest/globals';
import { act, render, screen } from '@testing-library/react';
import { Provider } from 'react-redux';
import { allReadAgain, leftOutCounted, listHeld } from '../api/live-slice.ts';
import { createStore } from './create-store.ts';
import { GatewayContext } from './gateway.tsx';
import { LiveIndicator } from './Layout/LiveIndicator.tsx';

const still = () => undefined;

test('what was left out is told as long as something on the screen may lack it', () => {
  const { store, tokens } = createStore(() => Promise.reject(new TypeError('no gateway')));
  const dispatch = (action: Parameters<typeof store.dispatch>[0]) => {
    act(() => {
      store.dispatch(action);
    });
  };
  const stream = { start: still, pause: still, stop: still };
  const { container } = render(
    <Provider store={store}>
      <GatewayContext value={{ tokens, stream }}>
        <LiveIndicator />
      </GatewayContext>
    </Provider>,
  );
  expect(container.textContent).toBe('Off');
  dispatch(listHeld('evt_1'));
  dispatch(leftOutCounted(1200));
  screen.getByText('1,200 a second left out');
  dispatch(leftOutCounted(0));
  dispatch(allReadAgain(0));
  screen.getByText('Some new rows left out');
  dispatch(listHeld(null));
  expect(container.textContent).toBe('Off');
});
