import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startReceiver } from '../../src/delivery/testing/open-bench.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Health {
  blockedBy: string | null;
  opensAt: string | null;
}
type Receiver = Awaited<ReturnType<typeof startReceiver>>;

let app: TestApp;
let busy: Receiver;
let free: Receiver;
beforeAll(async () => {
  [app, busy, free] = await Promise.all([
    startTestApp({ settings: { ALLOW_TARGET_CIDRS: '127.0.0.0/8' } }),
    startReceiver((_received, response) =>
      response.writeHead(503, { 'retry-after': '3600' }).end(),
    ),
    startReceiver((_received, response) => response.end()),
  ]);
});
afterAll(async () => {
  await app.close();
  await busy.close();
  await free.close();
});

async function healthOf(id: string): Promise<Health> {
  return (await app.as('viewer', 'get', `/v1/targets/${id}/health`)).body as Health;
}

async function makeTarget(name: string): Promise<string> {
  const { id = '' } = await app.create('/v1/targets', { name, url: busy.url });
  return id;
}

describe("200: a target's health", () => {
  test('says that nothing holds it back', async () => {
    const health = await healthOf(await makeTarget('untouched'));
    expect(health).toMatchObject({ blockedBy: null, opensAt: null });
  });

  test('says that it was told to wait and until when, until somebody changes it', async () => {
    const id = await makeTarget('busy');
    await app.create('/v1/subscriptions', {
      name: 'to the busy',
      targetId: id,
      pattern: { type: ['busy.asked'] },
    });
    const before = Date.now();
    await app.send().send({ type: 'busy.asked', data: {} }).expect(202);
    let health: Health | undefined;
    const isHeldBack = async () => (health = await healthOf(id)).blockedBy !== null;
    await waitUntil(() => JSON.stringify(health), 10_000, isHeldBack);
    expect(health?.blockedBy).toBe('told_to_wait');
    expect(Date.parse(health?.opensAt ?? '') - before).toBeGreaterThanOrEqual(3_600_000 - 1000);

    await app.as('admin', 'patch', `/v1/targets/${id}`).send({ url: free.url }).expect(200);
    await app.send().send({ type: 'busy.asked', data: {} }).expect(202);
    await free.got(1);
    await waitUntil(
      () => JSON.stringify(health),
      10_000,
      async () => !(await isHeldBack()),
    );
    expect(health).toMatchObject({ blockedBy: null, opensAt: null });
  });

  test('says that it is paused', async () => {
    const id = await makeTarget('calm');
    await app.as('operator', 'post', `/v1/targets/${id}/pause`).expect(200);
    expect(await healthOf(id)).toMatchObject({ blockedBy: 'paused', opensAt: null });
  });
});
