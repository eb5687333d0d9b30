import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../src/http/routes.ts';
import {
  startTestApp,
  type Method,
  type ProblemBody,
  type TestApp,
} from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Refusal {
  path?: string;
  body?: object | string;
  headers?: Readonly<Record<string, string>>;
  status: number;
  /** The problem's code; null where the answer is no problem (OAuth, health). */
  code: string | null;
}

const unknown = { status: 404, code: 'not_found' };
const badQuery = (path: string): Refusal => ({ path, status: 400, code: 'invalid_request' });
const badBody = { body: { unheard: 1 }, status: 400, code: 'invalid_request' };

/** At least one refusal for each line of the table, sent with a credential that may call it. */
const REFUSALS: Readonly<Record<string, readonly Refusal[]>> = {
  'POST /v1/events': [
    { body: { data: 1 }, status: 400, code: 'invalid_event' },
    {
      path: '/v1/events?partial=perhaps',
      body: { type: 'a' },
      status: 400,
      code: 'invalid_request',
    },
  ],
  'POST /v1/ingest/{sourceId}': [{ body: {}, ...unknown }],
  'GET /v1/events': [
    badQuery('/v1/events?limit=0'),
    badQuery('/v1/events?limit=201'),
    badQuery('/v1/events?status=lost'),
    badQuery('/v1/events?receivedAfter=yesterday'),
    badQuery('/v1/events?colour=red'),
    { path: '/v1/events?cursor=foreign', status: 400, code: 'invalid_cursor' },
  ],
  'GET /v1/events/{eventId}': [unknown],
  'GET /v1/events/{eventId}/deliveries': [unknown],
  'GET /v1/events/{eventId}/explain': [unknown],
  'GET /v1/deliveries': [
    badQuery('/v1/deliveries?state=lost'),
    badQuery('/v1/deliveries?codeClass=9xx'),
    badQuery('/v1/deliveries?errorKind=boredom'),
    { path: '/v1/deliveries?cursor=AAAA', status: 400, code: 'invalid_cursor' },
  ],
  'GET /v1/deliveries/{deliveryId}': [unknown],
  'GET /v1/deliveries/{deliveryId}/attempts': [unknown],
  'GET /v1/attempts/{attemptId}': [unknown],
  'POST /v1/deliveries/{deliveryId}/retry': [unknown],
  'POST /v1/deliveries/{deliveryId}/cancel': [unknown],
  'POST /v1/deliveries/retry': [
    badBody,
    { body: { filter: { state: ['lost'] } }, status: 400, code: 'invalid_request' },
  ],
  'POST /v1/deliveries/cancel': [
    badBody,
    { body: { filter: {}, cursor: 'x' }, status: 400, code: 'invalid_cursor' },
  ],
  'GET /v1/dead-letters': [badQuery('/v1/dead-letters?state=dead')],
  'GET /v1/dead-letters/groups': [
    { headers: { authorization: '' }, status: 401, code: 'unauthenticated' },
  ],
  'POST /v1/dead-letters/retry': [badBody],
  'POST /v1/dead-letters/discard': [badBody],
  'GET /v1/replays': [badQuery('/v1/replays?state=lost')],
  'POST /v1/replays': [badBody],
  'POST /v1/replays/preview': [badBody],
  'GET /v1/replays/{replayId}': [unknown],
  'POST /v1/replays/{replayId}/pause': [unknown],
  'POST /v1/replays/{replayId}/resume': [unknown],
  'POST /v1/replays/{replayId}/cancel': [unknown],
  'GET /v1/sources': [badQuery('/v1/sources?limit=many')],
  'POST /v1/sources': [
    badBody,
    { body: { name: 'shop' }, status: 409, code: 'name_taken' },
    { body: { name: ' ' }, status: 400, code: 'invalid_request' },
    {
      body: { name: 'a', verification: { scheme: 'github' } },
      status: 400,
      code: 'invalid_request',
    },
    {
      body: { name: 'a', verification: { scheme: 'hmac', secret: 's' } },
      status: 400,
      code: 'invalid_request',
    },
  ],
  'GET /v1/sources/{sourceId}': [unknown],
  'PATCH /v1/sources/{sourceId}': [{ body: {}, ...unknown }, badBody],
  'DELETE /v1/sources/{sourceId}': [unknown],
  'GET /v1/sources/{sourceId}/keys': [unknown],
  'POST /v1/sources/{sourceId}/keys': [
    { body: { name: 'k' }, ...unknown },
    badBody,
    {
      body: { name: 'k', expiresAt: '2001-01-01T00:00:00Z' },
      status: 400,
      code: 'invalid_request',
    },
  ],
  'DELETE /v1/sources/{sourceId}/keys/{keyId}': [unknown],
  'GET /v1/targets': [badQuery('/v1/targets?cursor=')],
  'POST /v1/targets': [
    badBody,
    { body: { name: 'a', url: 'ftp://example.com' }, status: 400, code: 'invalid_request' },
    { body: { name: 'a', url: 'https://169.254.169.254/' }, status: 400, code: 'invalid_request' },
    {
      body: { name: 'a', url: 'https://example.com', headers: { 'webhook-id': 'x' } },
      status: 400,
      code: 'invalid_request',
    },
    {
      body: { name: 'a', url: 'https://example.com', auth: { type: 'bearer' } },
      status: 400,
      code: 'invalid_request',
    },
  ],
  'GET /v1/targets/{targetId}': [unknown],
  'PATCH /v1/targets/{targetId}': [{ body: {}, ...unknown }, badBody],
  'DELETE /v1/targets/{targetId}': [unknown],
  'POST /v1/targets/{targetId}/pause': [unknown],
  'POST /v1/targets/{targetId}/resume': [unknown],
  'POST /v1/targets/{targetId}/test': [unknown],
  'POST /v1/targets/{targetId}/rotate-secret': [unknown],
  'GET /v1/targets/{targetId}/health': [unknown],
  'GET /v1/subscriptions': [badQuery('/v1/subscriptions?limit=-1')],
  'POST /v1/subscriptions': [
    badBody,
    {
      body: { name: 's', targetId: 'tgt_01hf7yat00c5q3w1k8m2n4p6r9', pattern: { type: ['a'] } },
      status: 400,
      code: 'invalid_request',
    },
    {
      body: { name: 's', targetId: 'tgt_01hf7yat00c5q3w1k8m2n4p6r9', pattern: { type: 'a' } },
      status: 422,
      code: 'invalid_pattern',
    },
    {
      body: {
        name: 's',
        targetId: 'tgt_01hf7yat00c5q3w1k8m2n4p6r9',
        pattern: { type: ['a'] },
        transform: { language: 'jsonata', body: '{ "a": ' },
      },
      status: 422,
      code: 'invalid_transform',
    },
  ],
  'GET /v1/subscriptions/{subscriptionId}': [unknown],
  'PATCH /v1/subscriptions/{subscriptionId}': [{ body: {}, ...unknown }, badBody],
  'DELETE /v1/subscriptions/{subscriptionId}': [unknown],
  'POST /v1/subscriptions/backtest': [
    badBody,
    { body: { pattern: {}, limit: 10_001 }, status: 400, code: 'invalid_request' },
    { body: { pattern: { a: [] } }, status: 422, code: 'invalid_pattern' },
  ],
  'POST /v1/patterns/test': [
    badBody,
    { body: { pattern: { a: [] }, event: {} }, status: 422, code: 'invalid_pattern' },
  ],
  'POST /v1/transforms/test': [
    badBody,
    {
      body: { transform: { language: 'template', body: '{"a": {{ data.x' }, event: {} },
      status: 422,
      code: 'invalid_transform',
    },
    {
      body: { transform: { language: 'jsonata', body: '$error("no")' }, event: {} },
      status: 422,
      code: 'invalid_transform',
    },
  ],
  'GET /v1/event-types': [
    { path: '/v1/event-types?cursor=x', status: 400, code: 'invalid_cursor' },
  ],
  'POST /v1/event-types': [
    badBody,
    { body: { name: 'a b' }, status: 400, code: 'invalid_request' },
  ],
  'GET /v1/event-types/{eventType}': [unknown],
  'PATCH /v1/event-types/{eventType}': [{ body: {}, ...unknown }],
  'DELETE /v1/event-types/{eventType}': [unknown],
  'GET /v1/event-types/{eventType}/schemas': [unknown],
  'POST /v1/event-types/{eventType}/schemas': [
    { body: { schema: true }, ...unknown },
    { body: { schema: { type: 'strnig' } }, status: 422, code: 'invalid_schema' },
    { body: { schema: 'object' }, status: 400, code: 'invalid_request' },
  ],
  'POST /v1/event-types/{eventType}/schemas/test': [
    { body: { schema: true }, ...unknown },
    { body: { schema: { type: 'strnig' } }, status: 422, code: 'invalid_schema' },
    { body: { schema: true, limit: 201 }, status: 400, code: 'invalid_request' },
  ],
  'GET /v1/event-types/{eventType}/schemas/{version}': [unknown],
  'DELETE /v1/event-types/{eventType}/schemas/{version}': [unknown],
  'GET /v1/metrics/summary': [badQuery('/v1/metrics/summary?windowSeconds=1')],
  'GET /v1/metrics/timeseries': [
    badQuery('/v1/metrics/timeseries?measures=happiness'),
    badQuery('/v1/metrics/timeseries?step=61'),
    badQuery(
      '/v1/metrics/timeseries?measures=attempts&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
    ),
  ],
  'GET /v1/metrics/flow': [badQuery('/v1/metrics/flow?windowSeconds=1')],
  'GET /v1/metrics/conservation': [
    { headers: { authorization: 'Bearer x' }, status: 401, code: 'unauthenticated' },
  ],
  'GET /v1/stream': [badQuery('/v1/stream?topics=gossip'), badQuery('/v1/stream?state=lost')],
  'GET /v1/alerts': [
    badQuery('/v1/alerts?state=closed'),
    badQuery('/v1/alerts?severity=mild'),
    { path: '/v1/alerts?cursor=foreign', status: 400, code: 'invalid_cursor' },
  ],
  'GET /v1/alerts/{alertId}': [unknown],
  'POST /v1/alerts/{alertId}/acknowledge': [unknown],
  'GET /v1/alert-rules': [badQuery('/v1/alert-rules?limit=0')],
  'POST /v1/alert-rules': [
    badBody,
    {
      body: { name: 'x', measure: 'deadLetters', scope: { kind: 'source' }, threshold: 1 },
      status: 400,
      code: 'invalid_request',
    },
  ],
  'GET /v1/alert-rules/{ruleId}': [unknown],
  'PATCH /v1/alert-rules/{ruleId}': [{ body: {}, ...unknown }],
  'DELETE /v1/alert-rules/{ruleId}': [unknown],
  'GET /v1/users': [badQuery('/v1/users?limit=1.5')],
  'POST /v1/users': [
    badBody,
    {
      body: { email: 'x@example.com', name: 'x', role: 'viewer', password: 'short' },
      status: 400,
      code: 'invalid_request',
    },
    {
      body: {
        email: 'VIEWER@signalbox.example',
        name: 'x',
        role: 'viewer',
        password: 'a long enough password',
      },
      status: 409,
      code: 'name_taken',
    },
  ],
  'GET /v1/users/{userId}': [unknown],
  'PATCH /v1/users/{userId}': [{ body: {}, ...unknown }],
  'DELETE /v1/users/{userId}': [unknown],
  'GET /v1/audit-log': [
    badQuery('/v1/audit-log?who=me'),
    badQuery('/v1/audit-log?resource=Target'),
    badQuery('/v1/audit-log?after=yesterday'),
  ],
  'POST /v1/auth/login': [
    badBody,
    {
      body: { email: 'admin@signalbox.example', password: 'wrong' },
      status: 401,
      code: 'unauthenticated',
    },
  ],
  'POST /v1/auth/refresh': [{ status: 401, code: 'unauthenticated' }],
  'POST /v1/auth/logout': [
    { headers: { 'sec-fetch-site': 'cross-site' }, status: 403, code: 'forbidden' },
  ],
  'GET /v1/auth/me': [{ headers: { authorization: '' }, status: 401, code: 'unauthenticated' }],
  'POST /v1/auth/password': [
    {
      body: { currentPassword: 'wrong', newPassword: 'a quite new password' },
      status: 400,
      code: 'invalid_request',
    },
  ],
  'POST /oauth/token': [
    { body: 'grant_type=password', status: 400, code: null },
    {
      body: '{}',
      headers: { 'content-type': 'application/json' },
      status: 415,
      code: 'unsupported_media_type',
    },
  ],
  'GET /.well-known/jwks.json': [{ path: '/.well-known/jwks', ...unknown }],
  'GET /health/live': [{ path: '/health/dead', ...unknown }],
  'GET /health/ready': [{ path: '/health', ...unknown }],
  'GET /metrics': [
    { headers: { authorization: 'Bearer x' }, status: 401, code: 'unauthenticated' },
  ],
  'GET /openapi.json': [{ path: '/openapi.yaml', ...unknown }],
  'GET /docs': [{ path: '/docs/nothing', ...unknown }],
  'GET /docs/problems': [{ path: '/docs/problems/nothing', ...unknown }],
  'GET /docs/rapidoc.js': [{ path: '/docs/rapidoc.css', ...unknown }],
};

test('every route has a refusal here, and nothing else has', () => {
  const lines = ROUTES.map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(REFUSALS).sort()).toEqual(lines.sort());
});

describe.each(Object.entries(REFUSALS))('%s', (line, refusals) => {
  const [method = '', path = ''] = line.split(' ');
  test.each(refusals.map((refusal) => ({ ...refusal, shown: JSON.stringify(refusal) })))(
    'refuses $shown',
    async ({ path: own, body, headers = {}, status, code }) => {
      const place = own ?? path.replace(/\{\w+\}/g, 'nothing');
      const request = app.request(method.toLowerCase() as Method, place);
      const credential = line === 'POST /v1/events' ? app.source.key : app.tokens.admin;
      const isOpen =
        line.includes('/auth/re') || line.includes('/oauth/') || line.includes('/login');
      if (!isOpen) void request.set('authorization', `Bearer ${credential}`);
      const response = await request.set(headers).send(body);
      expect(response.status).toBe(status);
      if (code === null) return;
      expect(response.headers['content-type']).toBe('application/problem+json');
      const problem = response.body as ProblemBody;
      expect(problem).toMatchObject({ status, code, type: `/docs/problems#${code}` });
      expect(problem.detail).not.toBe('');
      expect(problem.instance).toBe(response.headers['x-request-id']);
      if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
    },
  );
});
