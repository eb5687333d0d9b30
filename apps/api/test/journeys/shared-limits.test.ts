import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { knock, readGauge, TOGETHER, waitForLimitsCheck } from '../support/limited-gateways.ts';
import { startGateway, type GatewayProcess } from '../support/start-gateway.ts';

// A window is a minute long, so that it does not end in the middle of a test.
const PER_MINUTE = 60;

let folder: string;
let first: GatewayProcess;
let second: GatewayProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-shared-'));
  const environment = { ADDRESS_RATE_PER_SECOND: '1', LOG_LEVEL: 'info' };
  first = await startGateway(folder, environment);
  second = await startGateway(folder, environment);
  await waitForLimitsCheck(first, TOGETHER);
}, 40_000);
afterAll(async () => {
  await Promise.all([first.kill(), second.kill()]);
  await rm(folder, { recursive: true, force: true });
});

describe('two processes on one file', () => {
  test('hold one limit together, and say what is left of it', async () => {
    expect((await knock(first, 40)).map(({ status }) => status)).toEqual(Array(40).fill(401));
    const answers = await knock(second, 30);
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual([...Array<number>(20).fill(401), ...Array<number>(10).fill(429)]);
    expect(answers[9]?.headers.get('ratelimit')).toMatch(/^limit=60, remaining=10, reset=\d+$/);
    const refused = answers.at(-1);
    expect(refused?.headers.get('ratelimit')).toMatch(/^limit=60, remaining=0, reset=\d+$/);
    expect(refused?.headers.get('ratelimit-policy')).toBe(`${PER_MINUTE};w=60`);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(await readGauge(second, 'signalbox_rate_limit_processes')).toBe(2);
  });

  test('go on counting when the one that counts is killed', async () => {
    await first.kill();
    expect((await knock(second, 3)).map(({ status }) => status)).toEqual([429, 429, 429]);
    await waitForLimitsCheck(second, '200 ok: rate limits are counted by this process alone');
    expect(second.output()).toContain('rate limits are counted by this process alone');
  });
});
