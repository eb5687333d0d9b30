import type { ResourceBodies, ResourceKind } from '../../src/domain/resources.ts';
import type { Fixture } from '../../src/store/conformance/fixture.ts';
import { claimAll } from '../../src/store/conformance/fixture.ts';
import type { Claim, NewEvent, Store } from '../../src/store/store.ts';

const TARGETS = ['tgt_a', 'tgt_b', 'tgt_c', 'tgt_d'];
const STATES = ['succeeded', 'retrying', 'dead', 'cancelled'] as const;
const HOUR_MS = 3_600_000;

/** Numbers from 0 to 1 that are the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Fills a store, over several days, with whatever a gateway may leave in it: events of every kind, deliveries of every state with their
 * attempts, lines of ordered deliveries, leases that nobody gave back, configuration, jobs in the middle of their work, sessions.
 */
export async function fillStore(
  store: Store,
  fixture: Fixture,
  { rounds, seed }: { rounds: number; seed: number },
): Promise<void> {
  const random = createRandom(seed);
  await addConfiguration(store, fixture);
  for (let round = 0; round < rounds; round += 1) {
    const results = await store.append(
      Array.from({ length: 1 + Math.floor(random() * 30) }, () => makeEvent(fixture, random)),
    );
    const born = results.flatMap(({ claims }) => [...claims]);
    const claimed = await claimAll(store, fixture, TARGETS, 20);
    await settleSome(store, fixture, [...born, ...claimed], random);
    await actAsPerson(store, fixture, random);
    fixture.clock.advance(Math.floor(random() * 3 * HOUR_MS));
  }
  await addSessions(store, fixture);
  await addJobs(store, fixture);
  await addAlerts(store, fixture);
}

function makeEvent(fixture: Fixture, random: () => number): NewEvent {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kind = pick(['json', 'json', 'json', 'binary', 'none'] as const);
  const text = `{"n":${2 ** 53}.0001,"word":"käse \\u00e9 ${pick(['amber', 'violet'])}"}`;
  const bytes = Uint8Array.from({ length: Math.floor(random() * 2000) }, () => random() * 256);
  const data = kind === 'none' ? null : kind === 'json' ? Buffer.from(text) : bytes;
  const status = pick(['routed', 'routed', 'routed', 'unmatched', 'quarantined'] as const);
  const targets = status === 'routed' ? TARGETS.filter(() => random() < 0.4) : [];
  return fixture.newEvent(targets, {
    handOff: random() < 0.4,
    orderingKey: random() < 0.3 ? `key-${Math.floor(random() * 4)}` : null,
    event: {
      type: pick(['order.created', 'order.paid', 'it\'s \\ "odd" {type}']),
      source: pick(['https://shop.example/orders', '/sources/src_shop']),
      subject: pick([null, 'ärger/1', '\u{1F600}']),
      time: pick([null, '2026-11-23T10:00:00.123456+05:30']),
      extensions: pick([{}, { partition: 7, flag: true, note: 'a,b"c' }]),
      statusDetail: status === 'quarantined' ? 'schema: /total is missing' : null,
      status,
      data,
      dataKind: kind,
      sizeBytes: data?.byteLength ?? 0,
    },
  });
}

async function settleSome(
  store: Store,
  fixture: Fixture,
  claims: readonly Claim[],
  random: () => number,
): Promise<void> {
  const now = fixture.clock.now();
  const settlements = claims
    // The others stay leased by a process that ends without a word.
    .filter(() => random() < 0.85)
    .map((claim) => {
      const state = STATES[Math.floor(random() * STATES.length)] ?? 'dead';
      const isFailure = state !== 'succeeded';
      return fixture.settlement(claim, state, {
        attempt:
          random() < 0.1
            ? null
            : {
                durationMs: random() * 900,
                statusCode: isFailure ? (random() < 0.5 ? 503 : null) : 204,
                errorKind: isFailure ? 'timeout' : null,
                error: isFailure ? 'no answer within 10 s' : null,
              },
        next: {
          nextAttemptAt: state === 'retrying' ? now + Math.floor(random() * HOUR_MS) : null,
          reason: state === 'dead' ? 'retries_exhausted' : null,
          reasonDetail: state === 'dead' ? 'after 3 tries' : null,
        },
      });
    });
  if (settlements.length > 0) await store.settle(settlements);
}

async function actAsPerson(store: Store, fixture: Fixture, random: () => number): Promise<void> {
  const now = fixture.clock.now();
  const { items } = await store.listDeliveries(
    { state: ['dead', 'retrying'] },
    { limit: 20, cursor: null },
  );
  for (const delivery of items) {
    const dice = random();
    if (dice < 0.1) await store.retryDelivery(delivery.id, now, fixture.audit());
    else if (dice < 0.2) await store.cancelDelivery(delivery.id, now, fixture.audit());
  }
}

async function addConfiguration(store: Store, fixture: Fixture): Promise<void> {
  const sealed = { keyId: 'k1', box: 'AAAA' };
  await add('source', 'src_shop', 'shop', null, {
    name: 'shop',
    description: 'ünïcode \\ "quotes"',
    state: 'active',
    allowedSources: [],
    allowedTypes: [],
    ratePerSecond: null,
    schemaPolicy: 'off',
    verification: { scheme: 'github', secret: sealed },
  });
  await add('source-key', 'key_1', 'first', 'src_shop', {
    name: 'first',
    hash: 'ab',
    expiresAt: 9,
  });
  for (const targetId of TARGETS) {
    await add('subscription', `sub_${targetId}`, null, targetId, {
      name: targetId,
      targetId,
      pattern: { type: ['order.created'] },
      transform: null,
      orderingKey: 'subject',
      onDeadLetter: targetId === 'tgt_a' ? 'block' : 'skip',
      state: 'active',
    });
  }
  await add('event-type', 'ety_1', 'order.created', null, {
    name: 'order.created',
    description: '',
  });

  async function add<K extends ResourceKind>(
    kind: K,
    id: string,
    name: string | null,
    parentId: string | null,
    body: ResourceBodies[K],
  ): Promise<void> {
    const at = fixture.clock.now();
    await store.insertResource(
      { kind, id, name, parentId, version: 1, body, createdAt: at, updatedAt: at },
      fixture.audit({ subjectId: id, after: body }),
    );
  }
}

async function addSessions(store: Store, fixture: Fixture): Promise<void> {
  const now = fixture.clock.now();
  const expiresAt = now + HOUR_MS;
  const sealedToken = { keyId: 'k1', box: 'BBBB' };
  for (const hash of ['spent', 'fresh']) {
    await store.insertRefreshToken({ hash, familyId: `f-${hash}`, userId: 'usr_ada', expiresAt });
  }
  await store.rotateRefreshToken('spent', { hash: 'next', expiresAt, sealedToken }, now, 10_000);
  for (let count = 0; count < 3; count += 1) await store.countLoginFailure('ada', now, HOUR_MS);
  await store.beginIdempotent('POST /v1/targets key', 'body', now, HOUR_MS);
  const answer = { status: 201, headers: { etag: '"v1"' }, body: '{"id":"tgt_1"}' };
  await store.finishIdempotent('POST /v1/targets key', answer);
}

/** One that is open, and one that was seen and is over. */
async function addAlerts(store: Store, fixture: Fixture): Promise<void> {
  const at = fixture.clock.now();
  const common = { code: 'rule', ruleId: 'rul_1', measure: 'failureRatePercent' } as const;
  const text = { severity: 'warning', title: 'ünïcode \\ "quotes"', detail: 'x' } as const;
  for (const targetId of ['tgt_a', 'tgt_b']) {
    const id = fixture.id('alr');
    const figures = { value: 66.25, threshold: 50, targetId, sourceId: null };
    await store.raiseAlert({ id, key: `rul_1 ${targetId}`, ...common, ...text, ...figures, at });
    if (targetId === 'tgt_a') continue;
    await store.acknowledgeAlert(id, 'usr_ada', at, fixture.audit({ subjectId: id }));
    await store.resolveAlert(id, at);
  }
}

/** A replay of everything to one more target, stopped after its first few events, and one that waits. */
async function addJobs(store: Store, fixture: Fixture): Promise<void> {
  const task = {
    kind: 'replay',
    filter: {},
    destination: { kind: 'target', targetId: 'tgt_replay' },
  } as const;
  const common = { task, ratePerSecond: 12.5, expected: null, createdBy: 'usr_ada' };
  const createdAt = fixture.clock.now();
  for (const id of [fixture.id('rpl'), fixture.id('rpl')]) {
    await store.insertJob({ ...common, id, createdAt }, fixture.audit({ subjectId: id }));
  }
  const [held] = await store.claimJobs(1);
  if (!held) throw new Error('No job was claimed.');
  await advance(store, fixture, held.job.id, held.fence, 5);
}

/** One step of a replay to `tgt_replay`; answers whether there is nothing left to do. */
export async function advance(
  store: Store,
  fixture: Fixture,
  jobId: string,
  fence: number,
  limit: number,
): Promise<boolean> {
  const job = await store.getJob(jobId);
  if (!job) throw new Error(`There is no job ${jobId}.`);
  const scan = { filter: {}, bound: job.bound, after: job.position, limit };
  const page = await store.scanEvents({ ...scan, withData: false, maxBytes: 2 ** 20 });
  const make = page.items.map(({ event }) => ({
    id: fixture.id('dlv'),
    eventId: event.id,
    subscriptionId: null,
    targetId: 'tgt_replay',
    orderingKey: null,
  }));
  const result = await store.advanceJob({
    jobId,
    fence,
    from: job.position,
    to: page.positions.at(-1) ?? job.position,
    scanned: page.items.length,
    work: { make },
    waitingFor: null,
    end: null,
    at: fixture.clock.now(),
  });
  if (result.outcome !== 'advanced') throw new Error(`The step is ${result.outcome}.`);
  return page.isEnd;
}
