/** @jest-environment node */
import { describe, expect, test } from '@jest/globals';
import { asProblem } from '../api/problem.ts';
import { leftByChoice } from '../api/session-slice.ts';
import { signIn } from '../api/sign-in.ts';
import { sourcesApi } from '../api/sources.ts';
import { createStore } from './create-store.ts';

const USER = { id: 'usr_1', email: 'a@example.com', name: 'A', role: 'admin' };
const LOGIN = { email: 'a@example.com', password: 'secret' };
const session = (accessToken: string) =>
  Response.json({ accessToken, expiresInSeconds: 900, user: USER });
const refused = () =>
  Response.json({ code: 'unauthenticated', detail: 'The token has expired.' }, { status: 401 });

/** A gateway that knows one access token at a time; `isOpen` says whether the refresh cookie still counts. */
function openSession(isOpen: () => boolean, renewal = (token: string) => session(token)) {
  let token = 'token-0';
  let refreshes = 0;
  const requests: Request[] = [];
  const opened = createStore((input, init) => {
    const request = new Request(new URL(input as string, 'http://gateway'), init);
    requests.push(request);
    const path = new URL(request.url).pathname;
    if (path === '/v1/auth/login') return Promise.resolve(session(token));
    if (path === '/v1/auth/refresh') {
      refreshes += 1;
      token = `token-${String(refreshes)}`;
      return Promise.resolve(isOpen() ? renewal(token) : refused());
    }
    if (request.headers.get('authorization') !== `Bearer ${token}`)
      return Promise.resolve(refused());
    if (request.method === 'PATCH') {
      const body = { code: 'version_conflict', detail: 'Someone else changed it.' };
      const headers = { 'x-request-id': 'req_9' };
      return Promise.resolve(Response.json(body, { status: 412, headers }));
    }
    return Promise.resolve(Response.json({ id: 'src_1' }, { headers: { etag: '"3"' } }));
  });
  const expire = () => {
    token = 'gone';
  };
  return { ...opened, requests, expire, refreshes: () => refreshes };
}

describe('a request whose token has expired', () => {
  test('renews the session once for all that wait, and goes through', async () => {
    const { store, expire, refreshes } = openSession(() => true);
    await store.dispatch(signIn(LOGIN));
    expire();
    const answers = await Promise.all(
      ['src_1', 'src_2', 'src_3'].map((id) =>
        store.dispatch(sourcesApi.endpoints.getSource.initiate(id)),
      ),
    );
    expect(answers.map(({ data }) => data?.id)).toEqual(['src_1', 'src_1', 'src_1']);
    expect(refreshes()).toBe(1);
  });

  test('ends the session when the refresh is refused, and says that it was open', async () => {
    const { store, expire } = openSession(() => false);
    await store.dispatch(signIn(LOGIN));
    expire();
    await store.dispatch(sourcesApi.endpoints.getSource.initiate('src_1'));
    expect(store.getState().session).toEqual({ status: 'signed-out', ended: true });
  });

  test('fails and keeps the session when the gateway cannot tell whether it goes on', async () => {
    const body = { code: 'not_ready', detail: 'The database does not answer.' };
    const { store, expire } = openSession(
      () => true,
      () => Response.json(body, { status: 503 }),
    );
    await store.dispatch(signIn(LOGIN));
    expire();
    const { error } = await store.dispatch(sourcesApi.endpoints.getSource.initiate('src_1'));
    expect(asProblem(error)).toMatchObject({ status: 503, detail: body.detail });
    expect(store.getState().session.status).toBe('signed-in');
  });

  test('takes a changed role over with the renewal', async () => {
    const user = { ...USER, role: 'viewer' };
    const { store, expire } = openSession(
      () => true,
      (accessToken) => Response.json({ accessToken, expiresInSeconds: 900, user }),
    );
    await store.dispatch(signIn(LOGIN));
    expire();
    await store.dispatch(sourcesApi.endpoints.getSource.initiate('src_1'));
    expect(store.getState().session).toEqual({ status: 'signed-in', user });
  });

  test('does not open the session again that somebody left meanwhile', async () => {
    const { store, tokens } = openSession(() => true);
    await store.dispatch(signIn(LOGIN));
    const renewal = tokens.refresh();
    await tokens.signOut();
    store.dispatch(leftByChoice());
    expect(await renewal).toBeNull();
    expect(store.getState().session.status).toBe('signed-out');
    expect(tokens.accessToken()).toBeNull();
  });
});

test('a change names the ETag that it is based on, and a refusal keeps what the gateway said', async () => {
  const { store, requests } = openSession(() => true);
  await store.dispatch(signIn(LOGIN));
  const { data } = await store.dispatch(sourcesApi.endpoints.getSource.initiate('src_1'));
  const { error } = await store.dispatch(
    sourcesApi.endpoints.updateSource.initiate({
      id: 'src_1',
      etag: data?.etag ?? null,
      change: { name: 'new' },
    }),
  );
  const change = requests.find(({ method }) => method === 'PATCH');
  expect(change?.headers.get('if-match')).toBe('"3"');
  expect(asProblem(error)).toMatchObject({
    status: 412,
    detail: 'Someone else changed it.',
    requestId: 'req_9',
  });
});

test('a gateway that does not answer is told as such', async () => {
  const { store } = createStore(() => Promise.reject(new TypeError('fetch failed')));
  const { error } = await store.dispatch(sourcesApi.endpoints.getSource.initiate('src_1'));
  expect(asProblem(error)).toMatchObject({ status: 0, code: 'unreachable' });
});
