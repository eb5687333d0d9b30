import { afterEach, describe, expect, test } from '@jest/globals';
import type { OAuth2Auth } from '../domain/resources.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { giveToken, refuseToken, startTokenEndpoint } from './testing/token-endpoint.ts';
import { useBench } from './testing/use-bench.ts';

const { advance, answering, bench, stateOf, store } = useBench(openSqliteStore);
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A target that wants tokens, and the endpoint that gives them. */
async function setUp(...codes: number[]) {
  const endpoint = await startTokenEndpoint();
  closers.push(() => endpoint.close());
  const receiver = await answering(...codes);
  const auth: OAuth2Auth = {
    type: 'oauth2',
    tokenUrl: endpoint.url,
    clientId: 'gateway',
    clientSecret: { keyId: 'test', box: 'the-client-secret' },
    scope: null,
    audience: null,
    clientAuthentication: 'client_secret_basic',
  };
  const one = bench();
  const route = await one.addTarget(receiver.url, { auth });
  return { endpoint, receiver, one, route };
}

async function attemptsOf(id: string | undefined) {
  const attempts = await store().listAttempts(id ?? '');
  return Promise.all(attempts.map((attempt) => store().getAttempt(attempt.id)));
}

describe('deliveries to a target that wants tokens', () => {
  test('share one token; their attempts show it masked', async () => {
    const { endpoint, receiver, one, route } = await setUp();
    const ids = await one.accept(route, 50);
    await one.dispatcher.idle();
    expect(receiver.received).toHaveLength(50);
    expect(endpoint.requests).toHaveLength(1);
    const [attempt] = await attemptsOf(ids[0]);
    expect(attempt?.request?.headers).toMatchObject({ authorization: '[masked]' });
    expect(JSON.stringify([one.lines, attempt])).not.toMatch(/token-1|the-client-secret/);
  });

  test('a token that the target refuses is renewed within one attempt', async () => {
    const { endpoint, receiver, one, route } = await setUp(401);
    const [id] = await one.accept(route);
    await one.dispatcher.idle();
    expect(await stateOf(id)).toMatchObject({ state: 'succeeded', attemptCount: 1 });
    expect(receiver.received).toHaveLength(2);
    expect(endpoint.requests).toHaveLength(2);
  });

  test('a second refusal is a dead letter by its code', async () => {
    const { one, route } = await setUp(401, 401);
    const [id] = await one.accept(route);
    await one.dispatcher.idle();
    expect(await stateOf(id)).toMatchObject({ state: 'dead', reason: 'http_401' });
  });

  test('an endpoint that is out of order is asked again by the schedule', async () => {
    const { endpoint, receiver, one, route } = await setUp();
    endpoint.answer = refuseToken(500, 'server_error');
    const [id] = await one.accept(route);
    await one.dispatcher.idle();
    expect(await stateOf(id)).toMatchObject({ state: 'retrying', reason: 'target_auth' });
    endpoint.answer = giveToken();
    await advance(one, 5000);
    expect(await stateOf(id)).toMatchObject({ state: 'succeeded', attemptCount: 2 });
    expect(receiver.received).toHaveLength(1);
    expect((await attemptsOf(id)).map((attempt) => attempt?.errorKind)).toEqual([
      'target_auth',
      null,
    ]);
  });

  test('a refused client costs some dead letters, then the breaker holds the others back', async () => {
    const { endpoint, receiver, one, route } = await setUp();
    endpoint.answer = refuseToken(401, 'invalid_client');
    const ids = await one.accept(route, 200);
    while (one.dispatcher.lanes()[0]?.blockedBy !== 'breaker_open') await one.dispatcher.idle();
    await one.dispatcher.idle();
    const states = (await Promise.all(ids.map(stateOf))).map(({ state }) => state);
    const dead = states.filter((state) => state === 'dead').length;
    expect(dead).toBeGreaterThanOrEqual(20);
    expect(dead).toBeLessThan(60);
    expect(endpoint.requests.length).toBeLessThan(dead);
    expect(receiver.received).toHaveLength(0);
  });
});
