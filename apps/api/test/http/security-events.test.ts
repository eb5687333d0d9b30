import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readMetrics } from '../support/read-metrics.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** Over all processes. */
async function counted(code: string): Promise<number> {
  const line = new RegExp(
    `^signalbox_security_events_total\\{[^}]*\\bcode="${code}"[^}]*\\} (\\d+)$`,
    'm',
  );
  const counts = (await readMetrics(app)).map((text) => Number(line.exec(text)?.[1]));
  return counts.reduce((sum, count) => sum + count);
}

const withKey = (key: string) =>
  app.request('post', '/v1/events').set('authorization', `Bearer ${key}`).send({ type: 'a' });

/** What is done, the answer it gets, and the code it is counted under. */
const MISDEEDS: [code: string, status: number, act: () => PromiseLike<{ status: number }>][] = [
  [
    'login_failed',
    401,
    () => app.request('post', '/v1/auth/login').send({ email: 'x@example.com', password: 'guess' }),
  ],
  ['invalid_token', 401, () => withKey('not.a.token')],
  ['unknown_source_key', 401, () => withKey(`sbk_${'A'.repeat(43)}`)],
  [
    'invalid_signature',
    401,
    async () => {
      const { id = '' } = await app.create('/v1/sources', {
        name: 'github',
        verification: { scheme: 'github', secret: 'a secret that is shared' },
      });
      return app.request('post', `/v1/ingest/${id}`).set('x-github-event', 'push').send({ a: 1 });
    },
  ],
  [
    'forbidden_address',
    400,
    () =>
      app
        .as('admin', 'post', '/v1/targets')
        .send({ name: 'inside', url: 'https://169.254.169.254/latest' }),
  ],
];

describe('a security event is counted by its code', () => {
  test.each(MISDEEDS)('%s', async (code, status, act) => {
    expect(await counted(code)).toBe(0);
    expect((await act()).status).toBe(status);
    expect(await counted(code)).toBe(1);
  });

  test('login_locked_out, once the failures are too many', async () => {
    const guess = () =>
      app
        .request('post', '/v1/auth/login')
        .send({ email: 'guessed@example.com', password: 'guess' });
    for (let count = 0; count < 5; count += 1) await guess();
    expect(await counted('login_locked_out')).toBe(0);
    expect((await guess()).status).toBe(429);
    expect(await counted('login_locked_out')).toBe(1);
  });
});
