import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { currentShape } from '../support/shape.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

const PER_SECOND = 3;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    settings: { SOURCE_RATE_PER_SECOND: '1000', ADDRESS_RATE_PER_SECOND: '1' },
  });
});
afterAll(() => app.close());

describe('429', () => {
  test('a source above its rate is told when to come back', async () => {
    const { id = '' } = await app.create('/v1/sources', {
      name: 'slow',
      ratePerSecond: PER_SECOND,
    });
    const { key = '' } = await app.create(`/v1/sources/${id}/keys`, { name: 'k' });
    const send = () =>
      app.request('post', '/v1/events').set('authorization', `Bearer ${key}`).send({ type: 'a' });
    const answers = await Promise.all(Array.from({ length: PER_SECOND * 3 }, send));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThanOrEqual(
      PER_SECOND,
    );
    expect(refused.length).toBeGreaterThanOrEqual(1);
    const [first] = refused;
    expect(first?.headers['retry-after']).toBe('1');
    expect(first?.headers['ratelimit']).toMatch(/^limit=3, remaining=0, reset=\d+$/);
    expect(first?.headers['ratelimit-policy']).toMatch(/^3;w=1$/);
    expect(first?.headers['content-type']).toBe('application/problem+json');
    expect(first?.body).toMatchObject({ code: 'rate_limited', status: 429 });
    const other = await app.send().send({ type: 'a' });
    expect(other.status).toBe(202);
  });

  test('a batch is charged for all of its events', async () => {
    const { id = '' } = await app.create('/v1/sources', { name: 'bulky', ratePerSecond: 5 });
    const { key = '' } = await app.create(`/v1/sources/${id}/keys`, { name: 'k' });
    const items = Array.from({ length: 100 }, (_unused, index) => ({
      specversion: '1.0',
      id: String(index),
      source: `/sources/${id}`,
      type: 'bulk',
    }));
    const send = () =>
      app
        .request('post', '/v1/events')
        .set('authorization', `Bearer ${key}`)
        .set('content-type', 'application/cloudevents-batch+json')
        .send(JSON.stringify(items));
    expect((await send()).status).toBe(202);
    // Another process may let one more in while it has not heard of the first.
    const statuses = [(await send()).status, (await send()).status, (await send()).status];
    expect(statuses.at(-1)).toBe(429);
    if (currentShape() === 'embedded') expect(statuses).toEqual([429, 429, 429]);
  });

  test('an address above its rate is refused, sign-ins sooner than the rest', async () => {
    const attempt = () =>
      app.request('post', '/v1/auth/login').send({ email: 'x@example.com', password: 'guess' });
    const statuses: number[] = [];
    for (let count = 0; count < 40; count += 1) statuses.push((await attempt()).status);
    expect(statuses).toContain(401);
    expect(statuses.at(-1)).toBe(429);
    const health = await app.request('get', '/health/live');
    expect(health.status).toBe(200);
    const calls = await Promise.all(
      Array.from({ length: 70 }, () => app.as('viewer', 'get', '/v1/auth/me')),
    );
    const refused = calls.find(({ status }) => status === 429);
    expect(refused?.headers['ratelimit-policy']).toMatch(/^60;w=60$/);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('guessing credentials at the events door is limited by address', async () => {
    const guess = () =>
      app
        .request('post', '/v1/events')
        .set('authorization', `Bearer sbk_${'A'.repeat(43)}`)
        .send({ type: 'a' });
    const answers: Awaited<ReturnType<typeof guess>>[] = [];
    if (currentShape() === 'embedded')
      answers.push(...(await Promise.all(Array.from({ length: 70 }, guess))));
    // Of many at once, several processes may let in more while their answers are late.
    else for (let count = 0; count < 70; count += 1) answers.push(await guess());
    const passed = answers.filter(({ status }) => status === 401).length;
    expect(passed).toBeGreaterThanOrEqual(60);
    // Exact in one process, within 5 % over several.
    expect(passed).toBeLessThanOrEqual(currentShape() === 'embedded' ? 60 : 63);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(70 - passed);
    expect((await app.send().send({ type: 'a' })).status).toBe(202);
  });
});
