import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type Reply, type TestApp } from '../support/start-test-app.ts';

// Express matches a path with a slash at its end too, and the direct door does not.
const DIRECT = '/v1/events';
const EXPRESS = '/v1/events/';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Sample {
  headers?: Record<string, string>;
  query?: string;
  body?: string;
  /** Default: the source's key. */
  authorization?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const plain = (event: object): Sample => ({ headers: JSON_TYPE, body: JSON.stringify(event) });

const SAMPLES: Record<string, Sample> = {
  'a plain event': plain({ type: 'order.created', data: { total: 1 } }),
  'an unknown member': plain({ type: 'order.created', colour: 'red' }),
  'a missing type': plain({ data: 1 }),
  'broken JSON': { headers: JSON_TYPE, body: '{ "type": ' },
  'an empty body': { headers: JSON_TYPE, body: '' },
  'an unknown media type': { headers: { 'content-type': 'text/csv' }, body: 'a,b' },
  'a compressed body': { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: 'x' },
  'a body above the limit': { headers: JSON_TYPE, body: `"${'x'.repeat(1_100_000)}"` },
  'a source that is not allowed': plain({ type: 'a', source: 'https://elsewhere.example' }),
  'binary mode': {
    headers: {
      'content-type': 'text/plain',
      'ce-id': 'both-doors',
      'ce-source': '/nobody',
      'ce-specversion': '1.0',
      'ce-type': 'note',
    },
    body: 'hello',
  },
  'a batch with a bad item': {
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: '[{ "specversion": "1.0" }]',
  },
  'a batch taken in part': {
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    query: '?partial=true',
    body: '[{ "specversion": "1.0" }]',
  },
  'an unknown query parameter': { ...plain({ type: 'a' }), query: '?colour=red' },
  'no credential': { ...plain({ type: 'a' }), authorization: '' },
  'a forged credential': { ...plain({ type: 'a' }), authorization: 'Bearer sbk_forged' },
  'a bad idempotency key': {
    ...plain({ type: 'a' }),
    headers: { ...JSON_TYPE, 'idempotency-key': 'two words' },
  },
};

async function send(path: string, sample: Sample): Promise<Reply> {
  const authorization = sample.authorization ?? `Bearer ${app.source.key}`;
  const call = app.request('post', path + (sample.query ?? '')).set(sample.headers ?? {});
  return authorization === ''
    ? call.send(sample.body)
    : call.set('authorization', authorization).send(sample.body);
}

/** The answer without what differs from one request to the next. */
function withoutIds({ status, headers, text }: Reply) {
  const passing = ['date', 'x-request-id', 'ratelimit', 'content-length'];
  const kept = Object.entries(headers).filter(([name]) => !passing.includes(name));
  return {
    status,
    headers: Object.fromEntries(kept),
    text: text.replace(/\b(evt|req)_[0-9a-z]{26}\b/g, '$1_…'),
  };
}

describe('the direct door and Express', () => {
  test.each(Object.entries(SAMPLES))('answer alike: %s', async (_, sample) => {
    const direct = withoutIds(await send(DIRECT, sample));
    expect(withoutIds(await send(EXPRESS, sample))).toEqual(direct);
  });

  test('the samples are answered in many ways', async () => {
    const answers = await Promise.all(Object.values(SAMPLES).map((one) => send(DIRECT, one)));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([202, 207, 400, 401, 403, 413, 415]);
  });

  test('share one limit', async () => {
    const { id } = await app.create('/v1/sources', { name: 'slow', ratePerSecond: 1 });
    const { key } = await app.create(`/v1/sources/${id}/keys`, { name: 'test' });
    const sample = { ...plain({ type: 'a' }), authorization: `Bearer ${key}` };
    const answers = await Promise.all(
      [DIRECT, EXPRESS, DIRECT, EXPRESS].map((path) => send(path, sample)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    for (const { headers } of refused) expect(headers['retry-after']).toBe('1');
  });

  test('share idempotency keys, but not between paths', async () => {
    const sample = plain({ type: 'a' });
    const keyed = { ...sample, headers: { ...JSON_TYPE, 'idempotency-key': 'doors-1' } };
    const first = await send(DIRECT, keyed);
    const again = await send(DIRECT, keyed);
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });
});
