import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Route } from '../../src/http/define-route.ts';
import { ROUTES } from '../../src/http/routes.ts';
import { currentShape } from '../support/shape.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

const CALLERS = ['none', 'source', 'viewer', 'operator', 'admin'] as const;
type Caller = (typeof CALLERS)[number];
const RANKS: Record<string, number> = { viewer: 1, operator: 2, admin: 3 };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** What the table says about a caller. */
function expectedFor(route: Route, caller: Caller): 'allowed' | 401 | 403 {
  if (route.access === 'public') return 'allowed';
  // Whoever comes through a proxy is not on this machine.
  const isLocal = currentShape() === 'embedded';
  if (caller === 'none') return route.openToLoopback === true && isLocal ? 'allowed' : 401;
  if (route.access === 'source') return caller === 'source' ? 'allowed' : 403;
  return (RANKS[caller] ?? 0) >= (RANKS[route.access] ?? 9) ? 'allowed' : 403;
}

/** Asks for things that do not exist, so that an allowed call changes nothing. */
async function statusOf(route: Route, caller: Caller): Promise<number> {
  const path = route.path.replace(/\{\w+\}/g, 'nothing');
  const token =
    caller === 'source' ? app.source.key : caller === 'none' ? null : app.tokens[caller];
  const abort = new AbortController();
  const response = await fetch(app.url + path, {
    method: route.method,
    signal: abort.signal,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  const { status } = response;
  abort.abort();
  return status;
}

describe.each(ROUTES.map((route) => ({ name: `${route.method} ${route.path}`, route })))(
  '$name',
  ({ route }) => {
    test.each(CALLERS)('lets in, or not, what the table says: %s', async (caller) => {
      const status = await statusOf(route, caller);
      const expected = expectedFor(route, caller);
      if (expected !== 'allowed') expect(status).toBe(expected);
      // A public route may refuse for reasons of its own: no cookie, no signature.
      else if (route.access !== 'public') expect([401, 403]).not.toContain(status);
      expect(status).toBeLessThan(500);
    });
  },
);

test('every route says who may call it', () => {
  const known = ['public', 'viewer', 'operator', 'admin', 'source'];
  expect(ROUTES.filter(({ access }) => !known.includes(access))).toEqual([]);
});

test('no method and path stands in the table twice', () => {
  const names = ROUTES.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(names).size).toBe(names.length);
});

test('only what must be open is public', () => {
  const open = ROUTES.filter(({ access }) => access === 'public').map(({ path }) => path);
  expect(open.sort()).toEqual([
    '/.well-known/jwks.json',
    '/docs',
    '/docs/problems',
    '/docs/rapidoc.js',
    '/health/live',
    '/health/ready',
    '/oauth/token',
    '/openapi.json',
    '/v1/auth/login',
    '/v1/auth/logout',
    '/v1/auth/refresh',
    '/v1/ingest/{sourceId}',
  ]);
});

test('only these changes are open to less than an admin', () => {
  const open = ROUTES.filter(
    ({ method, access }) => method !== 'GET' && ['viewer', 'operator'].includes(access),
  );
  expect(open.map(({ access, method, path }) => `${access} ${method} ${path}`).sort()).toEqual([
    'operator POST /v1/alerts/{alertId}/acknowledge',
    'operator POST /v1/dead-letters/discard',
    'operator POST /v1/dead-letters/retry',
    'operator POST /v1/deliveries/cancel',
    'operator POST /v1/deliveries/retry',
    'operator POST /v1/deliveries/{deliveryId}/cancel',
    'operator POST /v1/deliveries/{deliveryId}/retry',
    'operator POST /v1/replays',
    'operator POST /v1/replays/preview',
    'operator POST /v1/replays/{replayId}/cancel',
    'operator POST /v1/replays/{replayId}/pause',
    'operator POST /v1/replays/{replayId}/resume',
    'operator POST /v1/subscriptions/backtest',
    'operator POST /v1/targets/{targetId}/pause',
    'operator POST /v1/targets/{targetId}/resume',
    'operator POST /v1/targets/{targetId}/test',
    'viewer POST /v1/auth/password',
    'viewer POST /v1/event-types/{eventType}/schemas/test',
    'viewer POST /v1/patterns/test',
    'viewer POST /v1/transforms/test',
  ]);
});
