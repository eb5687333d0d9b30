import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { signIn } from '../support/api-client.ts';
import { startCountingReceiver, type CountingReceiver } from '../support/counting-receiver.ts';
import { startGateway, type GatewayProcess } from '../support/start-gateway.ts';
import { startPostgres, type PostgresServer } from '../support/start-postgres.ts';
import { startSteadyLoad, type SteadyLoad } from '../support/steady-load.ts';
import { waitUntil } from '../support/wait-until.ts';

const DATABASE = 'faults';
const SOURCE = 'https://load.example/faults';
const SEALING_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;
const MAX_CONNECTIONS = 40;
const FREEZE_MS = 10_000;
const RECOVERY_MS = 30_000;
/** Leases whose answer was lost on its way are found in about twenty seconds. */
const DRAIN_MS = 60_000;
/** Above every time-out of the gateway's own, and far below for ever. */
const LONGEST_ANSWER_MS = 15_000;
const TEST_TIMEOUT_MS = 120_000;

interface Conservation {
  events: { accepted: number; balanced: boolean };
  deliveries: { made: number; succeeded: number; balanced: boolean };
}

/** An empty batch is valid, so the answer tells whether the key is known. */
async function sendNothing(url: string, key: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/cloudevents-batch+json',
  };
  return (await fetch(`${url}/v1/events`, { method: 'POST', headers, body: '[]' })).status;
}

/**
 * Opens connections of its own, and cuts the gateway's, until the server has none left to give and the gateway has none at all: what is cut
 * asks again at once, so one round is not enough.
 */
async function takeEveryConnection(postgres: PostgresServer): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  await waitUntil(
    () => `the gateway still has connections beside ${taken.length} others`,
    RECOVERY_MS,
    async () => {
      await takeFreeConnections(postgres, taken);
      const cut = await taken[0]?.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${DATABASE}'`,
      );
      return cut?.rowCount === 0;
    },
  );
  return taken;
}

/** Adds to `taken` until the server refuses. */
async function takeFreeConnections(postgres: PostgresServer, taken: pg.Client[]): Promise<void> {
  while (taken.length < MAX_CONNECTIONS) {
    const client = new pg.Client({ connectionString: postgres.url('postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch {
      return;
    }
    taken.push(client);
  }
}

describe('two instances on a PostgreSQL that fails in every way under load', () => {
  let folder: string;
  let postgres: PostgresServer;
  let receiver: CountingReceiver;
  let gateways: GatewayProcess[] = [];
  let load: SteadyLoad;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signalbox-faults-'));
    postgres = await startPostgres({
      isDurable: true,
      settings: { max_connections: String(MAX_CONNECTIONS) },
    });
    const url = await postgres.createDatabase(DATABASE);
    receiver = await startCountingReceiver();
    const start = () => startGateway(folder, { DATABASE_URL: url, SEALING_KEYS });
    gateways = await Promise.all([start(), start()]);

    const api = await signIn(gateways[0]?.url ?? '');
    const target = await api.post<{ id: string; secret: string }>('/v1/targets', {
      name: 'steady',
      url: receiver.open('/steady', () => 'accept'),
    });
    receiver.trust('/steady', target.secret);
    await api.post('/v1/subscriptions', {
      name: 'steady',
      targetId: target.id,
      pattern: { type: ['steady.event'] },
    });
    // Last, so that an instance that knows the key knows the subscription too, and routes by it.
    const source = await api.post<{ id: string }>('/v1/sources', {
      name: 'load',
      allowedSources: [SOURCE],
      ratePerSecond: 100_000,
    });
    const { key } = await api.post<{ key: string }>(`/v1/sources/${source.id}/keys`, {
      name: 'load',
    });
    await waitUntil(
      () => 'the other instance does not know the key',
      RECOVERY_MS,
      async () => (await sendNothing(gateways[1]?.url ?? '', key)) === 202,
    );
    load = startSteadyLoad(
      gateways.map((gateway) => gateway.url),
      SOURCE,
      key,
    );
  }, TEST_TIMEOUT_MS);

  afterAll(async () => {
    for (const gateway of gateways) await gateway.kill();
    await receiver.close();
    await postgres.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const readiness = () =>
    Promise.all(gateways.map(async ({ url }) => (await fetch(`${url}/health/ready`)).status));
  const becomes = (status: number) =>
    waitUntil(
      () =>
        `not every instance answers ${status}\n${gateways.map((one) => one.output()).join('\n')}`,
      RECOVERY_MS,
      async () => (await readiness()).every((one) => one === status),
    );
  const isAccepting = async () => {
    const before = load.accepted().length;
    await waitUntil(
      () => `nothing is accepted: ${JSON.stringify([...load.statuses()])}`,
      RECOVERY_MS,
      () => load.accepted().length > before + 200,
    );
  };

  test(
    'connections that are cut at any moment cost no more than a repeat',
    async () => {
      await isAccepting();
      for (let times = 0; times < 5; times += 1) {
        await postgres.run(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${DATABASE}'`,
        );
        await isAccepting();
      }
      await becomes(200);
    },
    TEST_TIMEOUT_MS,
  );

  test.each(['fast', 'immediate'] as const)(
    'a server that ends (%s) makes every instance unready, and its return makes them ready',
    async (mode) => {
      await postgres.halt(mode);
      await becomes(503);
      await postgres.start();
      await becomes(200);
      await isAccepting();
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'a server that freezes leaves nobody waiting, and thaws into work',
    async () => {
      postgres.freeze();
      const frozenAt = performance.now();
      await becomes(503);
      await waitUntil(
        () => 'it is still frozen',
        2 * FREEZE_MS,
        () => performance.now() >= frozenAt + FREEZE_MS,
      );
      postgres.thaw();
      await becomes(200);
      await isAccepting();
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'a server that takes no more connections is borne with',
    async () => {
      const others = await takeEveryConnection(postgres);
      const refusals = () => load.statuses().get(503) ?? 0;
      const before = refusals();
      await waitUntil(
        () => 'no instance says that it cannot reach its store',
        RECOVERY_MS,
        () => refusals() > before,
      );
      await Promise.all(others.map((client) => client.end()));
      await becomes(200);
      await isAccepting();
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'afterwards every accepted event has been delivered, and nothing else',
    async () => {
      await load.finish();
      const accepted = [...load.accepted()].sort((a, b) => a - b);
      const delivered = () => receiver.mailbox('/steady').accepted;
      await waitUntil(
        () => `${delivered().size} of ${accepted.length} have arrived`,
        DRAIN_MS,
        () => delivered().size >= accepted.length,
      ).catch(async (error: unknown) => {
        const { rows } = await postgres.run(
          'SELECT state, owner, fence, attempt_count, due_at, reason, count(*) FROM deliveries WHERE state <> 3 GROUP BY 1, 2, 3, 4, 5, 6',
          DATABASE,
        );
        const events = await postgres.run(
          'SELECT status, count(*) FROM events GROUP BY status',
          DATABASE,
        );
        const found = JSON.stringify({ open: rows, events: events.rows });
        throw new Error(`open deliveries, and events by status: ${found}`, { cause: error });
      });
      const bodies = [...delivered().values()].map(([first]) => first);
      const numbers = (bodies as { data: { number: number } }[]).map(({ data }) => data.number);
      expect(numbers.sort((a, b) => a - b)).toEqual(accepted);
      expect(receiver.mailbox('/steady').forged).toBe(0);

      // Our own fault is never the sender's: what was not accepted was answered with 503 and when to come back, and soon.
      expect([...load.statuses().keys()].filter((status) => ![202, 503].includes(status))).toEqual(
        [],
      );
      expect(load.statuses().get(503)).toBeGreaterThan(0);
      expect(load.withoutRetryAfter()).toBe(0);
      expect(load.slowestMs()).toBeLessThan(LONGEST_ANSWER_MS);

      const api = await signIn(gateways[1]?.url ?? '');
      await waitUntil(
        () => 'the two sides of the law of conservation do not come together',
        RECOVERY_MS,
        async () => {
          const { events, deliveries } = await api.get<Conservation>('/v1/metrics/conservation');
          return (
            events.accepted === accepted.length &&
            deliveries.succeeded === accepted.length &&
            events.balanced &&
            deliveries.balanced
          );
        },
      );
    },
    TEST_TIMEOUT_MS,
  );
});
