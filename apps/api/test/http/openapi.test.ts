import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { ROUTES } from '../../src/http/routes.ts';
import { startTestApp, type Reply, type TestApp } from '../support/start-test-app.ts';

type Json = Record<string, unknown>;

let app: TestApp;
let document: Json;
beforeAll(async () => {
  app = await startTestApp();
  document = (await app.request('get', '/openapi.json')).body as Json;
});
afterAll(() => app.close());

const operations = () =>
  Object.entries(document['paths'] as Record<string, Record<string, Json>>).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        operation,
      })),
  );

/** The value that a reference such as `#/components/schemas/Source` leads to. */
function resolve(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, step) => (value as Json | undefined)?.[step], document);
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

describe('the OpenAPI document', () => {
  test('lists exactly the routes of the table', () => {
    const table = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(table.sort());
  });

  test('is of version 3.1 and names its licence and tags', () => {
    expect(document['openapi']).toBe('3.1.0');
    expect(document['info']).toMatchObject({
      title: 'Signalbox',
      license: { identifier: 'Apache-2.0' },
    });
    const tags = (document['tags'] as { name: string }[]).map(({ name }) => name);
    for (const { operation } of operations())
      expect(tags).toEqual(expect.arrayContaining(operation['tags'] as string[]));
  });

  test('every operation has an id of its own, a summary, a success and its problems', () => {
    const ids = operations().map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, operation } of operations()) {
      const statuses = Object.keys(operation['responses'] as Json);
      expect([name, statuses.some((status) => /^2/.test(status))]).toEqual([name, true]);
      expect([name, statuses]).toEqual([name, expect.arrayContaining(['404', '429', '500'])]);
      expect(operation['summary']).toBeTruthy();
    }
  });

  test('every parameter of a path is described', () => {
    for (const { name, operation } of operations()) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const described = (operation['parameters'] as { in: string; name: string }[])
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      expect([name, described]).toEqual([name, inPath]);
    }
  });

  test('every reference leads somewhere', () => {
    const broken = references(document).filter((reference) => resolve(reference) === undefined);
    expect(broken).toEqual([]);
  });

  test('every schema is valid JSON Schema, and every example fits its own', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'openapi', components: document['components'] });
    const schemas = (document['components'] as { schemas: Json }).schemas;
    for (const name of Object.keys(schemas))
      expect(() => ajv.compile({ $ref: `openapi#/components/schemas/${name}` })).not.toThrow();
    let checked = 0;
    for (const { name, operation } of operations()) {
      const body = operation['requestBody'] as { content: Record<string, Json> } | undefined;
      for (const { schema, example } of Object.values(body?.content ?? {})) {
        if (example === undefined || !(schema as Json)['$ref']) continue;
        const validate = ajv.compile({ $ref: `openapi${String((schema as Json)['$ref'])}` });
        expect([name, validate(example), validate.errors]).toEqual([name, true, null]);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(10);
  });

  test('real answers fit the schemas that it names', async () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'openapi', components: document['components'] });
    const { id = '' } = await app.create('/v1/targets', { name: 'o', url: 'https://example.com' });
    const { body: sent } = await app.send().send({ type: 'documented', data: { n: 1 } });
    const answers: [string, string][] = [
      ['SourcePage', '/v1/sources'],
      ['TargetPage', '/v1/targets'],
      ['Target', `/v1/targets/${id}`],
      ['TargetHealth', `/v1/targets/${id}/health`],
      ['UserPage', '/v1/users'],
      ['EventPage', '/v1/events'],
      ['Event', `/v1/events/${(sent as { id: string }).id}`],
      ['Explanation', `/v1/events/${(sent as { id: string }).id}/explain`],
      ['EventTypePage', '/v1/event-types'],
      ['AuditPage', '/v1/audit-log'],
      ['AlertPage', '/v1/alerts'],
      ['AlertRulePage', '/v1/alert-rules'],
      ['Summary', '/v1/metrics/summary'],
      ['Flow', '/v1/metrics/flow?windowSeconds=60'],
      ['Timeseries', '/v1/metrics/timeseries?measures=attempts&measures=latencyP95Ms'],
      ['ConservationReport', '/v1/metrics/conservation'],
      ['CurrentUser', '/v1/auth/me'],
      ['Ready', '/health/ready'],
      ['Live', '/health/live'],
      ['KeySet', '/.well-known/jwks.json'],
      ['Problem', '/v1/targets/none'],
    ];
    for (const [name, path] of answers) {
      const { body } = await app.as('admin', 'get', path);
      const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
      expect([name, validate(body), validate.errors]).toEqual([name, true, null]);
    }
  });
});

describe('the reference', () => {
  test('runs its viewer from a file of ours under a policy that allows no inline script', async () => {
    const page = await app.request('get', '/docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    const source = /src="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const script = await app.request('get', source);
    expect(script.status).toBe(200);
    expect(script.headers['content-type']).toMatch(/^text\/javascript/);
    expect(script.text.length).toBeGreaterThan(100_000);
  });

  test('every problem type leads to its explanation', async () => {
    const { body } = await app.as('admin', 'get', '/v1/targets/none');
    const [path = '', anchor = ''] = (body as { type: string }).type.split('#');
    const page = await app.request('get', path);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`id="${anchor}"`);
  });
});

describe('what machines read', () => {
  test('the metrics are in the Prometheus format and count requests', async () => {
    let shown: Reply;
    // Each process counts its own requests; one of several may not have been asked yet.
    do {
      await app.request('get', '/health/live');
      shown = await app.as('admin', 'get', '/metrics');
      expect(shown.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(shown.text).toMatch(/^# HELP /);
    } while (!shown.text.includes('/health/live'));
  });

  test('the metrics are closed to what came through a proxy', async () => {
    const { status } = await app.request('get', '/metrics').set('x-forwarded-for', '127.0.0.1');
    expect(status).toBe(401);
  });
});
