import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { signIn, type ApiClient } from '../support/api-client.ts';
import { startCountingReceiver, type CountingReceiver } from '../support/counting-receiver.ts';
import { createEventLoad, type LoadEvent } from '../support/event-load.ts';
import { startGateway, type GatewayProcess } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const SOURCE = 'https://load.example/replay';
const EVENTS = 900;
const RATE_PER_SECOND = 300;
const TEST_TIMEOUT_MS = 60_000;
const WAIT_MS = 30_000;

interface Replay {
  id: string;
  state: string;
  scanned: number;
  made: number;
}

let dataFolder: string;
let receiver: CountingReceiver;
let gateways: GatewayProcess[];

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'signalbox-replay-'));
  receiver = await startCountingReceiver();
  gateways = [];
});
afterEach(async () => {
  await Promise.all(gateways.map((gateway) => gateway.kill()));
  await receiver.close();
  await rm(dataFolder, { recursive: true, force: true });
});

async function openTarget(api: ApiClient, path: string): Promise<string> {
  const url = receiver.open(path, () => 'accept');
  const target = { name: path.slice(1), url, maxConcurrency: 64 };
  const { id, secret } = await api.post<{ id: string; secret: string }>('/v1/targets', target);
  receiver.trust(path, secret);
  return id;
}

/** Accepts all events, and lets their first deliveries arrive. */
async function acceptAll(api: ApiClient, url: string): Promise<void> {
  const source = { name: 'load', allowedSources: [SOURCE], ratePerSecond: 100_000 };
  const { id } = await api.post<{ id: string }>('/v1/sources', source);
  const { key } = await api.post<{ key: string }>(`/v1/sources/${id}/keys`, { name: 'load' });
  const targetId = await openTarget(api, '/first');
  const pattern = { type: ['load.routed'] };
  await api.post('/v1/subscriptions', { name: 'first', targetId, pattern });
  const events = Array.from({ length: EVENTS }, (_unused, number): LoadEvent => ({
    number,
    type: 'load.routed',
  }));
  const groups = Array.from({ length: EVENTS / 100 }, (_unused, index) =>
    events.slice(index * 100, (index + 1) * 100),
  );
  const load = createEventLoad(groups, SOURCE, key);
  load.connect(url);
  await load.run();
  await waitUntil(
    () => `${receiver.mailbox('/first').accepted.size} of ${EVENTS} have arrived`,
    WAIT_MS,
    () => receiver.mailbox('/first').accepted.size === EVENTS,
  );
}

async function deliveriesOf(api: ApiClient, replayId: string): Promise<{ eventId: string }[]> {
  const found: { eventId: string }[] = [];
  let cursor = '';
  do {
    const page = await api.get<{ data: { eventId: string }[]; nextCursor: string | null }>(
      `/v1/deliveries?replayId=${replayId}&limit=200${cursor}`,
    );
    found.push(...page.data);
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  return found;
}

/** Replays everything to a second target, does `harm` in the middle, and holds the end to the counts. */
async function replayThrough(harm: () => Promise<void>): Promise<void> {
  const url = gateways[0]?.url ?? '';
  const before = await signIn(url);
  await acceptAll(before, url);
  const targetId = await openTarget(before, '/second');
  const { id } = await before.post<Replay>('/v1/replays', {
    filter: {},
    destination: { kind: 'target', targetId },
    ratePerSecond: RATE_PER_SECOND,
  });
  await waitUntil(
    () => 'the replay has made nothing',
    WAIT_MS,
    async () => (await before.get<Replay>(`/v1/replays/${id}`)).made > EVENTS / 4,
  );
  expect((await before.get<Replay>(`/v1/replays/${id}`)).made).toBeLessThan(EVENTS);
  await harm();

  const after = await signIn(gateways.at(-1)?.url ?? '');
  let replay: Replay | null = null;
  await waitUntil(
    () => `the replay is ${JSON.stringify(replay)}`,
    WAIT_MS,
    async () => {
      replay = await after.get<Replay>(`/v1/replays/${id}`);
      return replay.state === 'completed' && receiver.mailbox('/second').accepted.size === EVENTS;
    },
  );
  expect(replay).toMatchObject({ scanned: EVENTS, made: EVENTS });
  const deliveries = await deliveriesOf(after, id);
  expect(deliveries).toHaveLength(EVENTS);
  expect(new Set(deliveries.map(({ eventId }) => eventId)).size).toBe(EVENTS);
  expect(receiver.mailbox('/first').requests).toBe(EVENTS);
  await waitUntil(
    () => 'the deliveries of the replay are still open',
    WAIT_MS,
    async () => {
      const { deliveries: states } = await after.get<{ deliveries: { succeeded: number } }>(
        `/v1/replays/${id}`,
      );
      return states.succeeded === EVENTS;
    },
  );
  expect(await after.get('/v1/metrics/conservation')).toMatchObject({
    deliveries: { made: 2 * EVENTS, succeeded: 2 * EVENTS, balanced: true },
  });
}

describe('a replay whose gateway is killed in the middle', () => {
  test(
    'goes on after the restart, and makes one delivery of each event',
    async () => {
      gateways = [await startGateway(dataFolder)];
      await replayThrough(async () => {
        await gateways[0]?.kill();
        gateways = [await startGateway(dataFolder)];
      });
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'is taken over by another process, and makes one delivery of each event',
    async () => {
      gateways = [await startGateway(dataFolder), await startGateway(dataFolder)];
      await replayThrough(async () => {
        await gateways[0]?.kill();
        gateways.shift();
      });
    },
    TEST_TIMEOUT_MS,
  );
});
