import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock, type Clock } from '../domain/clock.ts';
import { FakeClock } from '../domain/fake-clock.ts';
import { resolveBySystem } from './guarded-lookup.ts';
import type { OAuth2Client } from './oauth2-client.ts';
import type { SendOutcome, SendRequest } from './send-types.ts';
import { createTargetSender } from './target-sender.ts';
import { startReceiver, type Received } from './testing/open-bench.ts';
import { giveToken, refuseToken, startTokenEndpoint } from './testing/token-endpoint.ts';

const SECRET = 's3cret: of/the client';
const HOUR_MS = 60 * 60 * 1000;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Answer = (received: Received, response: ServerResponse) => void;
const accept: Answer = (_received, response) => response.end();
const statusUnless = (token: string): Answer => {
  return ({ headers }, response) => {
    response.statusCode = headers.authorization === `Bearer ${token}` ? 200 : 401;
    response.end();
  };
};

/** A token endpoint, a receiver, and a sender between them. */
async function open(options: { clock?: Clock; answer?: Answer; allowCidrs?: string[] } = {}) {
  const endpoint = await startTokenEndpoint();
  const receiver = await startReceiver(options.answer ?? accept);
  const sender = createTargetSender({
    clock: options.clock ?? systemClock,
    resolve: resolveBySystem,
    allowCidrs: options.allowCidrs ?? ['127.0.0.0/8'],
    version: '1.2.3',
  });
  closers.push(
    () => endpoint.close(),
    () => receiver.close(),
    () => sender.close(),
  );
  const client: OAuth2Client = {
    targetId: 'tgt_1',
    version: 1,
    tokenUrl: new URL(endpoint.url),
    clientId: 'gate way',
    clientSecret: SECRET,
    scope: null,
    audience: null,
    clientAuthentication: 'client_secret_basic',
  };
  const send = (
    change: Partial<OAuth2Client> = {},
    request: Partial<SendRequest> = {},
  ): Promise<SendOutcome> =>
    sender.send({
      poolKey: 'tgt_1',
      maxConnections: 50,
      method: 'POST',
      url: new URL(receiver.url),
      headers: { 'webhook-id': 'evt_1' },
      body: Buffer.from('{}'),
      timeoutMs: 2000,
      tls: null,
      oauth2: { ...client, ...change },
      ...request,
    });
  return { endpoint, receiver, send, tokens: () => receiver.received.map(bearer) };
}

const bearer = ({ headers }: Received): string | undefined => headers.authorization;
const OK = { outcome: 'answered', statusCode: 200 };
const REFUSED = { outcome: 'answered', statusCode: 401 };
const NO_TOKEN = { outcome: 'failed', errorKind: 'target_auth' };

describe('the request for a token', () => {
  test('shows id and secret in a Basic header, each form-encoded', async () => {
    const { endpoint, send } = await open();
    expect(await send()).toMatchObject(OK);
    const { headers, form } = endpoint.requests[0] ?? { headers: {} };
    const [scheme, pair = ''] = headers.authorization?.split(' ') ?? [];
    expect(scheme).toBe('Basic');
    const decoded = Buffer.from(pair, 'base64').toString();
    expect(decoded).toBe('gate+way:s3cret%3A+of%2Fthe+client');
    expect(form).toEqual({ grant_type: 'client_credentials' });
    expect(headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Signalbox/1.2.3',
    });
  });

  test('shows them in the form where the target says so, with scope and audience', async () => {
    const { endpoint, send } = await open();
    const audience = 'https://billing.example';
    await send({ clientAuthentication: 'client_secret_post', scope: 'a b', audience });
    expect(endpoint.requests[0]?.headers.authorization).toBeUndefined();
    expect(endpoint.requests[0]?.form).toEqual({
      grant_type: 'client_credentials',
      client_id: 'gate way',
      client_secret: SECRET,
      scope: 'a b',
      audience,
    });
  });
});

describe('a token', () => {
  test('is used for all requests of its target', async () => {
    const { endpoint, send, tokens } = await open();
    for (let count = 0; count < 3; count += 1) expect(await send()).toMatchObject(OK);
    expect(endpoint.requests).toHaveLength(1);
    expect(tokens()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1']);
  });

  test('is asked for once by 50 deliveries at the same time', async () => {
    const { endpoint, send, tokens } = await open();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => send()));
    expect(outcomes.every((one) => one.outcome === 'answered')).toBe(true);
    expect(endpoint.requests).toHaveLength(1);
    expect(new Set(tokens())).toEqual(new Set(['Bearer token-1']));
  });

  test('is renewed shortly before it expires', async () => {
    const clock = new FakeClock();
    const { endpoint, send, tokens } = await open({ clock });
    await send();
    clock.advance(HOUR_MS - 61_000);
    await send();
    expect(endpoint.requests).toHaveLength(1);
    clock.advance(1000);
    await send();
    expect(tokens()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  test('of an endpoint that names no life is used for five minutes at most', async () => {
    const clock = new FakeClock();
    const { endpoint, send } = await open({ clock });
    endpoint.answer = giveToken(null);
    await send();
    clock.advance(4 * 60_000);
    await send();
    expect(endpoint.requests).toHaveLength(1);
    clock.advance(60_000);
    await send();
    expect(endpoint.requests).toHaveLength(2);
  });

  test('that is good for no time at all is used for the request it was made for', async () => {
    const { endpoint, send, tokens } = await open();
    endpoint.answer = giveToken(0);
    expect(await send()).toMatchObject(OK);
    expect(await send()).toMatchObject(OK);
    expect(tokens()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('is dropped when its target changes', async () => {
    const { send, tokens } = await open();
    await send({ version: 1 });
    await send({ version: 2 });
    expect(tokens()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('belongs to one target', async () => {
    const { send, tokens } = await open();
    await send({ targetId: 'tgt_1' });
    await send({ targetId: 'tgt_2' });
    expect(tokens()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });
});

describe('a 401 from the target', () => {
  test('is answered with one more request under a new token', async () => {
    const { endpoint, receiver, send, tokens } = await open({ answer: statusUnless('token-2') });
    expect(await send()).toMatchObject(OK);
    expect(tokens()).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      'evt_1',
      'evt_1',
    ]);
    expect(await send()).toMatchObject(OK);
    expect(endpoint.requests).toHaveLength(2);
  });

  test('stands when the new token is refused as well', async () => {
    const { endpoint, send, tokens } = await open({ answer: statusUnless('another') });
    expect(await send()).toMatchObject(REFUSED);
    expect(tokens()).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(endpoint.requests).toHaveLength(2);
  });

  test('renews the token once for all who were refused at the same time', async () => {
    const waiting: (() => void)[] = [];
    const { endpoint, send } = await open({
      answer: (received, response) => {
        waiting.push(() => {
          statusUnless('token-2')(received, response);
        });
        if (waiting.length >= 20) for (const go of waiting) go();
      },
    });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send()));
    for (const outcome of outcomes) expect(outcome).toMatchObject(OK);
    expect(endpoint.requests).toHaveLength(2);
  });

  test('to a request without a token stands at once', async () => {
    const { endpoint, receiver, send } = await open({ answer: statusUnless('token-1') });
    expect(await send({}, { oauth2: null })).toMatchObject(REFUSED);
    expect(receiver.received).toHaveLength(1);
    expect(endpoint.requests).toHaveLength(0);
  });

  test('leads to a failure to authenticate when no new token can be had', async () => {
    const { endpoint, receiver, send } = await open({ answer: statusUnless('token-2') });
    const refuse = refuseToken(503, 'temporarily_unavailable');
    endpoint.answer = (response, count) => (count === 1 ? giveToken() : refuse)(response, count);
    expect(await send()).toMatchObject({ ...NO_TOKEN, isFinal: false });
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a token endpoint', () => {
  const write =
    (status: number, body: string) =>
    (response: ServerResponse): void => {
      response.statusCode = status;
      response.end(body);
    };

  test.each([
    [400, 'invalid_client', true],
    [401, 'invalid_client', true],
    [400, 'invalid_scope', true],
    [403, 'unauthorized_client', true],
    [400, 'temporarily_unavailable', false],
    [404, 'not_found', false],
    [429, 'slow_down', false],
    [500, 'server_error', false],
    [503, 'temporarily_unavailable', false],
  ])('that answers %i %s fails the attempt, finally: %p', async (status, error, isFinal) => {
    const { endpoint, receiver, send } = await open();
    endpoint.answer = refuseToken(status, error, 'In its own words.');
    const outcome = await send();
    expect(outcome).toMatchObject({
      ...NO_TOKEN,
      isFinal,
      error: `The token endpoint answered ${status}: ${error} (In its own words.).`,
    });
    expect(receiver.received).toHaveLength(0);
  });

  test('that asks to wait is heard', async () => {
    const { endpoint, send } = await open();
    endpoint.answer = (response) => response.writeHead(503, { 'retry-after': '120' }).end();
    expect(await send()).toMatchObject({ ...NO_TOKEN, isFinal: false, retryAfterMs: 120_000 });
  });

  test('that repeats the client secret is quoted without it', async () => {
    const { endpoint, send } = await open();
    endpoint.answer = refuseToken(401, 'invalid_client', `"${SECRET}" is wrong\r\n`);
    const outcome = await send();
    expect(outcome).toMatchObject({ ...NO_TOKEN, isFinal: true });
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
    expect(JSON.stringify(outcome)).toContain('[masked]');
  });

  test.each([
    ['an answer that is not JSON', write(200, '<html>'), /without a JSON object/],
    ['a JSON list', write(200, '[]'), /without a JSON object/],
    ['no token', write(200, '{}'), /no usable "access_token"/],
    [
      'a token that fits no header',
      write(200, JSON.stringify({ access_token: 'a\r\nb', token_type: 'bearer' })),
      /no usable "access_token"/,
    ],
    [
      'a huge answer',
      write(200, JSON.stringify({ access_token: 'a', filler: 'x'.repeat(2_000_000) })),
      /more than 16 KiB/,
    ],
    ['a redirect', write(302, ''), /Redirects are not followed/],
  ])('that gives %s fails the attempt, which may be tried again', async (_name, answer, error) => {
    const { endpoint, receiver, send } = await open();
    endpoint.answer = answer;
    const outcome = await send();
    expect(outcome).toMatchObject({
      ...NO_TOKEN,
      isFinal: false,
      error: expect.stringMatching(error),
    });
    expect(receiver.received).toHaveLength(0);
  });

  test('that gives tokens of another type fails the attempt for good', async () => {
    const { endpoint, send } = await open();
    endpoint.answer = write(200, JSON.stringify({ access_token: 'a', token_type: 'DPoP' }));
    expect(await send()).toMatchObject({ ...NO_TOKEN, isFinal: true });
  });

  test('that hangs fails the attempt within the time limit of the target', async () => {
    const { endpoint, receiver, send } = await open();
    endpoint.answer = () => undefined;
    const outcome = await send({}, { timeoutMs: 150 });
    expect(outcome).toMatchObject({ ...NO_TOKEN, isFinal: false });
    expect(outcome.durationMs).toBeLessThan(1000);
    expect(receiver.received).toHaveLength(0);
  });

  test('that is down fails the attempt, and the next one asks again', async () => {
    const { endpoint, send } = await open();
    const gone = await startTokenEndpoint();
    await gone.close();
    expect(await send({ tokenUrl: new URL(gone.url) })).toMatchObject({
      ...NO_TOKEN,
      isFinal: false,
      error: expect.stringContaining('connection_refused'),
    });
    expect(await send({ tokenUrl: new URL(endpoint.url) })).toMatchObject(OK);
  });

  test('at an address that may not be reached is never asked', async () => {
    const { endpoint, send } = await open({ allowCidrs: [] });
    expect(await send()).toMatchObject({
      outcome: 'failed',
      errorKind: 'forbidden_address',
      isFinal: true,
      error: expect.stringContaining('The token endpoint may not be asked'),
    });
    expect(endpoint.requests).toHaveLength(0);
  });
});

test('getting a token is part of the time limit of a delivery', async () => {
  const { endpoint, send } = await open({ answer: () => undefined });
  const outcome = await send({}, { timeoutMs: 300 });
  expect(endpoint.requests).toHaveLength(1);
  expect(outcome).toMatchObject({
    outcome: 'failed',
    errorKind: 'timeout',
    error: 'No complete answer within 300 ms, getting an access token included.',
  });
  expect(outcome.durationMs).toBeLessThan(1500);
});
