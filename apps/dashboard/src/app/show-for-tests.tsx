import type { ReactNode } from 'react';
import { render } from '@testing-library/react';
import { Provider } from 'react-redux';
import { MemoryRouter, Route, Routes } from 'react-router';
import { signedIn } from '../api/session-slice.ts';
import { createStore } from './create-store.ts';

export interface Asked {
  call: string;
  body: unknown;
}

/** An answer of another status than 200. */
export class Refusal {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    this.status = status;
    this.body = body;
  }
}

/**
 * Shows a screen over a gateway that answers by method and path, at once or when a promise is kept; every request is kept.
 * @param route the path that the screen stands at, where `at` is one of many
 */
export function showScreen(options: {
  at: string;
  route?: string;
  element: ReactNode;
  answers: Record<string, unknown>;
  role?: 'viewer' | 'operator' | 'admin';
}): Asked[] {
  const { at, element, answers, role = 'operator' } = options;
  const { pathname } = new URL(at, 'http://dashboard');

  const asked: Asked[] = [];
  const { store } = createStore(async (input, init) => {
    const called = new URL(input as string, 'http://gateway').pathname;
    const call = `${init?.method ?? 'GET'} ${called}`;
    asked.push({ call, body: JSON.parse((init?.body as string | undefined) ?? 'null') });
    const answer = (await answers[call]) ?? new Refusal(404, { detail: `no answer to ${call}` });
    const { status, body } = answer instanceof Refusal ? answer : { status: 200, body: answer };
    return new Response(JSON.stringify(body), { status });
  });
  store.dispatch(signedIn({ id: 'usr_1', email: 'ada@example.com', name: 'Ada', role }));
  render(
    <Provider store={store}>
      <MemoryRouter initialEntries={[at]}>
        <Routes>
          <Route path={options.route ?? pathname} element={element} />
          <Route path="*" element={<p>Another screen</p>} />
        </Routes>
      </MemoryRouter>
    </Provider>,
  );
  return asked;
}

export const bodiesOf = (asked: readonly Asked[], call: string) =>
  asked.filter((one) => one.call === call).map(({ body }) => body);

/** Gives jsdom the dialogs that it lacks. */
export function openDialogs(): void {
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
}
