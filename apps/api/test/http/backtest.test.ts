import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BacktestResult } from '../../src/contract/backtest.ts';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
let targetId = '';
beforeAll(async () => {
  app = await startTestApp();
  const target = { name: 'raw', url: 'http://127.0.0.1:9/hook', format: 'data', state: 'paused' };
  targetId = (await app.create('/v1/targets', target))['id'] ?? '';
  for (let n = 1; n <= 30; n += 1) await accept('order.created', { n });
  await accept('order.paid', { n: 31 });
});
afterAll(() => app.close());

async function accept(type: string, data: unknown): Promise<void> {
  await app.send().send({ type, data }).expect(202);
}

const post = (body: object) => app.as('operator', 'post', '/v1/subscriptions/backtest').send(body);

async function report(body: object): Promise<BacktestResult> {
  const reply = await post(body);
  expect([reply.status, reply.text]).toEqual([200, reply.text]);
  return reply.body as BacktestResult;
}

const orders = { type: ['order.created'] };
const valueOf = ({ input }: BacktestResult['samples'][number]) =>
  (input['data'] as { n: number }).n;

describe('200', () => {
  test('what would be sent is shown beside what came in, and nothing is delivered', async () => {
    const transform = { language: 'jsonata', body: '{ "number": data.n }', path: '"/" & type' };
    const found = await report({ pattern: orders, transform });
    expect(found).toMatchObject({ scanned: 31, matched: 30, notDelivered: 0, failed: 0 });
    expect(found.isComplete).toBe(true);
    expect(found.samples).toHaveLength(20);
    expect(found.samples.map(valueOf)).toEqual(
      Array.from({ length: 20 }, (_, index) => 30 - index),
    );
    expect(found.samples[0]).toMatchObject({
      eventId: expect.stringMatching(/^evt_/) as unknown,
      input: { specversion: '1.0', type: 'order.created', data: { n: 30 } },
      output: {
        body: '{"number":30}',
        headers: { 'content-type': 'application/json' },
        path: '/order.created',
      },
      error: null,
    });
    const { body } = await app.as('viewer', 'get', '/v1/deliveries');
    expect(body).toMatchObject({ data: [] });
  });

  test('only as many of the newest events are gone through as asked for', async () => {
    const found = await report({ pattern: orders, limit: 5 });
    expect([found.scanned, found.matched, found.isComplete]).toEqual([5, 4, true]);
    expect(found.samples.map(valueOf)).toEqual([30, 29, 28, 27]);
  });

  test('failures are counted and come first, and "do not deliver" counts apart', async () => {
    const body = 'data.n % 2 = 0 ? $error("odd one out") : data.n > 25 ? undefined : data';
    const found = await report({ pattern: orders, transform: { language: 'jsonata', body } });
    expect([found.matched, found.failed, found.notDelivered]).toEqual([30, 15, 2]);
    const errors = found.samples.filter(({ error }) => error !== null);
    expect(errors).toHaveLength(10);
    expect(found.samples.slice(0, 10)).toEqual(errors);
    expect(errors[0]).toMatchObject({
      output: null,
      error: { detail: expect.stringContaining('odd one out') as unknown },
    });
    expect(found.samples[10]?.output).toMatchObject({ body: null });
    expect(found.samples[12]?.output).toMatchObject({ body: '{"n":25}' });
  });

  test('without a transform an event takes the format of the target, or the one that is named', async () => {
    const byTarget = await report({ pattern: orders, targetId, limit: 2 });
    expect(byTarget.samples[0]?.output).toMatchObject({ body: '{"n":30}' });
    const byFormat = await report({ pattern: orders, format: 'cloudevents-binary', limit: 2 });
    expect(byFormat.samples[0]?.output?.headers).toMatchObject({ 'ce-type': 'order.created' });
    const byDefault = await report({ pattern: orders, transform: null, limit: 2 });
    expect(JSON.parse(byDefault.samples[0]?.output?.body ?? '')).toMatchObject({
      type: 'order.created',
      data: { n: 30 },
    });
  });

  test('an expression that runs away fails for each event within its limit, and deliveries go on', async () => {
    const body = '(function($n) { $n > 0 ? $f($n) : 0 }; $f := function($n) { $f($n + 1) }; $f(1))';
    const found = await report({
      pattern: orders,
      transform: { language: 'jsonata', body },
      limit: 3,
    });
    expect([found.matched, found.failed]).toEqual([2, 2]);
  });
});

describe('400', () => {
  test.each([
    [{}, '/pattern'],
    [{ pattern: orders, limit: 0 }, '/limit'],
    [{ pattern: orders, limit: 10_001 }, '/limit'],
    [{ pattern: orders, format: 'xml' }, '/format'],
    [{ pattern: orders, targetId: 'tgt_00000000000000000000000000' }, '/targetId'],
  ])('%j is refused by the name of the field', async (body, pointer) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    expect((reply.body as ProblemBody).errors?.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});

describe('403', () => {
  test('a viewer may not set the machine to work', async () => {
    const call = app.as('viewer', 'post', '/v1/subscriptions/backtest');
    expect((await call.send({ pattern: orders })).status).toBe(403);
  });
});

describe('422', () => {
  test('a bad pattern or expression is named with its place', async () => {
    const pattern = await post({ pattern: { type: 'order.created' } });
    expect([pattern.status, (pattern.body as ProblemBody).code]).toEqual([422, 'invalid_pattern']);
    const transform = await post({
      pattern: orders,
      transform: { language: 'jsonata', body: '{ "a": ' },
    });
    expect([transform.status, (transform.body as ProblemBody).code]).toEqual([
      422,
      'invalid_transform',
    ]);
  });
});
