import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';

/** Two arrays at one path, of which every element must be put beside every other. */
const COSTLY = {
  'a.b': Array<object>(1200).fill({ c: 1 }),
  a: Array<object>(1200).fill({ b: { c: 1, d: 1 } }),
};
const PATTERN = { data: { a: { b: { c: [1], d: [2] } } } };

let app: TestApp;
let eventId = '';
beforeAll(async () => {
  app = await startTestApp();
  const { body } = await app.send().send({ type: 'early', data: COSTLY }).expect(202);
  eventId = (body as { id: string }).id;
  const target = { name: 'there', url: 'http://127.0.0.1:9/hook', state: 'paused' };
  const { id: targetId } = await app.create('/v1/targets', target);
  await app.create('/v1/subscriptions', { name: 'deep', targetId, pattern: PATTERN });
});
afterAll(() => app.close());

describe('400, with the same words', () => {
  const viewer = (path: string, body: object) => app.as('viewer', 'post', path).send(body);
  test.each<[string, () => PromiseLike<{ status: number; body: unknown }>]>([
    ['when it is sent', () => app.send().send({ type: 'late', data: COSTLY })],
    [
      'when a pattern is tested on it',
      () => viewer('/v1/patterns/test', { pattern: PATTERN, event: { data: COSTLY } }),
    ],
    ['when it is explained', () => app.as('viewer', 'get', `/v1/events/${eventId}/explain`)],
    [
      'when a backtest comes to it',
      () => app.as('operator', 'post', '/v1/subscriptions/backtest').send({ pattern: PATTERN }),
    ],
  ])('an event that takes too long to match is refused %s', async (_, ask) => {
    const { status, body } = await ask();
    const { code, detail, errors } = body as ProblemBody;
    expect([status, code]).toEqual([400, 'invalid_event']);
    expect(detail).toContain('the data take more than 10000000 steps to match');
    expect(errors).toMatchObject([{ pointer: '/data', code: 'too_costly' }]);
  });
});

test('an event of plain arrays that are as long is matched', async () => {
  const data = { a: { b: [...COSTLY.a, ...COSTLY['a.b']] } };
  const { body } = await app.send().send({ type: 'late', data }).expect(202);
  expect(body).toMatchObject({ status: 'unmatched' });
});
