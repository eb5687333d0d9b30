import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayError } from '../domain/errors.ts';
import { FakeClock } from '../domain/fake-clock.ts';
import { createIdFactory } from '../domain/ids.ts';
import { compilePattern } from '../routing/compile-pattern.ts';
import { createRoutingIndex } from '../routing/routing-index.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Claim, Store } from '../store/store.ts';
import {
  createAcceptEvents,
  type AcceptedLine,
  type AcceptEvents,
  type AcceptRequest,
  type Credential,
} from './accept-events.ts';
import { DEFAULT_INGEST_LIMITS, isRefusal } from './incoming-event.ts';
import type { HandOff } from './plan-event.ts';
import { readEvents } from './read-events.ts';
import { createRouteEvent } from './route-event.ts';
import { createSchemaValidator, type EventSchema } from './validate-schema.ts';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const ORDERS = { type: [{ prefix: 'order.' }] };
const SUBSCRIPTIONS = [
  { id: 'sub_all', targetId: 'tgt_a', pattern: ORDERS },
  { id: 'sub_big', targetId: 'tgt_b', pattern: { data: { total: [{ numeric: ['>', 100] }] } } },
  { id: 'sub_deep', targetId: 'tgt_b', pattern: { data: { a: { b: { c: [1], d: [2] } } } } },
];
/** Each of the one array must be put beside each of the other. */
const COSTLY_DATA = {
  'a.b': Array(1200).fill({ c: 1 }),
  a: Array(1200).fill({ b: { c: 1, d: 1 } }),
};
const SCHEMAS = [
  schemaOf('one', 1, { required: ['id'] }),
  schemaOf('two', 2, { type: 'object', properties: { total: { type: 'number' } } }),
];

function schemaOf(id: string, schemaVersion: number, schema: object): EventSchema {
  return { id, body: { eventType: 'order.created', schemaVersion, schema } };
}

function subscriptionOf(id: string) {
  const found = SUBSCRIPTIONS.find((one) => one.id === id);
  if (!found) return undefined;
  const rest = { transform: null, orderingKey: null } as const;
  const states = { onDeadLetter: 'skip', state: 'active' } as const;
  return {
    body: { name: id, pattern: found.pattern, targetId: found.targetId, ...rest, ...states },
  };
}

/** A dispatcher's door that counts what it gave and what came back. */
function createDoor(room: Record<string, number>): HandOff & { room: typeof room; taken: Claim[] } {
  const taken: Claim[] = [];
  return {
    room,
    taken,
    reserve(targetId) {
      const left = room[targetId] ?? 0;
      if (left > 0) room[targetId] = left - 1;
      return left > 0;
    },
    release: (targetId) => void (room[targetId] = (room[targetId] ?? 0) + 1),
    accept: (claims) => void taken.push(...claims),
  };
}

const clock = new FakeClock();
let folder: string;
let store: Store;
let door: ReturnType<typeof createDoor>;
let lines: AcceptedLine[];
let accept: AcceptEvents;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingest-'));
  const identity = { id: 'prc_1', pid: process.pid, host: 'here' };
  store = await openSqliteStore({ file: join(folder, 'store.db'), clock, process: identity });
  door = createDoor({ tgt_a: 2 });
  lines = [];
  accept = createAccept(store);
}, 30_000);

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
}, 30_000);

function createAccept(into: Pick<Store, 'append'>): AcceptEvents {
  const index = createRoutingIndex(
    SUBSCRIPTIONS.map(({ id, pattern }) => ({ id, pattern: compilePattern(pattern) })),
  );
  return createAcceptEvents({
    store: into,
    route: createRouteEvent({ routing: () => index, subscription: subscriptionOf }),
    schemas: { schemas: (type) => (type === 'order.created' ? SCHEMAS : []) },
    validateSchema: createSchemaValidator(),
    handOff: door,
    ids: createIdFactory(() => clock.now()),
    clock,
    log: (line) => void lines.push(line),
  });
}

function request(body: object, more: { partial?: boolean; credential?: Partial<Credential> } = {}) {
  const partial = more.partial ?? false;
  const contentType = Array.isArray(body)
    ? 'application/cloudevents-batch+json'
    : 'application/json';
  const { mode, items } = readEvents({
    contentType,
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    defaults: { source: '/sources/src_1' },
    partial,
    limits: DEFAULT_INGEST_LIMITS,
  });
  const credential: Credential = {
    sourceId: 'src_1',
    defaultSource: '/sources/src_1',
    allowedSources: ['/shop/*'],
    allowedTypes: [],
    schemaPolicy: 'off',
    ...more.credential,
  };
  return { credential, mode, items, partial, traceparent: TRACE } satisfies AcceptRequest;
}

function cloudEvent(id: string, more: object = {}) {
  return { specversion: '1.0', id, source: '/shop/1', type: 'order.created', ...more };
}

async function refused(input: AcceptRequest): Promise<GatewayError> {
  const error: unknown = await accept(input).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof GatewayError) return error;
  throw new Error('expected a GatewayError', { cause: error });
}

async function storedCount(): Promise<number> {
  return (await store.listEvents({}, { limit: 200, cursor: null })).items.length;
}

describe('an accepted event', () => {
  test('is stored with its bytes and its trace when the answer comes', async () => {
    const [result] = await accept(request({ type: 'order.created', data: { total: 1.5 } }));
    if (!result || isRefusal(result)) throw new Error('expected a result');
    expect(result.id).toMatch(/^evt_[0-9a-z]{26}$/);
    expect(result).toEqual({
      id: result.id,
      eventId: result.id,
      status: 'routed',
      deliveries: 1,
      duplicate: false,
    });
    expect(await store.getEvent(result.id)).toMatchObject({
      source: '/sources/src_1',
      sourceId: 'src_1',
      status: 'routed',
      statusDetail: null,
      receivedAt: clock.now(),
      sizeBytes: 13,
      traceparent: TRACE,
      dataContentType: 'application/json',
    });
    const event = await store.getEvent(result.id);
    expect(Buffer.from(event?.data ?? []).toString()).toBe('{"total":1.5}');
  });

  test('gets a delivery for each subscription that matches', async () => {
    const [result] = await accept(request({ type: 'order.created', data: { total: 101 } }));
    expect(result).toMatchObject({ status: 'routed', deliveries: 2 });
    const { items } = await store.listDeliveries({}, { limit: 10, cursor: null });
    expect(items.map(({ targetId, state }) => [targetId, state]).sort()).toEqual([
      ['tgt_a', 'delivering'],
      ['tgt_b', 'pending'],
    ]);
  });

  test('that no subscription matches is stored as unmatched', async () => {
    expect(await accept(request({ type: 'other', data: 1 }))).toMatchObject([
      { status: 'unmatched', deliveries: 0 },
    ]);
    expect(await storedCount()).toBe(1);
  });

  test('that came before is a duplicate: same id, nothing more to deliver', async () => {
    const event = [cloudEvent('A')];
    const [first] = await accept(request(event));
    const [again] = await accept(request(event));
    expect(again).toEqual({ ...first, duplicate: true });
    expect(await storedCount()).toBe(1);
  });

  test('that stands twice in a batch is taken once', async () => {
    const results = await accept(request([cloudEvent('A'), cloudEvent('A'), cloudEvent('B')]));
    expect(results).toMatchObject([
      { duplicate: false },
      { duplicate: true },
      { duplicate: false },
    ]);
    expect(lines).toMatchObject([{ events: 3, accepted: 2, duplicates: 1, deliveries: 2 }]);
  });
});

describe('an event that takes too long to match', () => {
  test('is refused with a fault at its data, and nothing is stored', async () => {
    const error = await refused(request({ type: 'order.created', data: COSTLY_DATA }));
    expect(error.code).toBe('invalid_event');
    expect(error.message).toMatch(/steps to match .* send shorter arrays/);
    expect(error.faults).toMatchObject([{ pointer: '/data', code: 'too_costly' }]);
    expect(await storedCount()).toBe(0);
  });

  test('refuses its batch by its index, and the room kept for the others is given back', async () => {
    const events = [cloudEvent('A'), cloudEvent('B', { data: COSTLY_DATA })];
    const error = await refused(request(events));
    expect([error.code, error.faults[0]?.pointer]).toEqual(['invalid_event', '/1/data']);
    expect(error.message).toContain('indexes: 1');
    expect(door.room['tgt_a']).toBe(2);
    expect(await storedCount()).toBe(0);
  });

  test('is refused alone where a batch is taken in part', async () => {
    const events = [cloudEvent('A', { data: COSTLY_DATA }), cloudEvent('B')];
    const results = await accept(request(events, { partial: true }));
    expect(results).toMatchObject([{ code: 'invalid_event' }, { eventId: 'B', deliveries: 1 }]);
    expect(lines).toMatchObject([{ accepted: 1, refused: 1 }]);
  });
});

describe('the hand-off', () => {
  test('reserves room, and claims take it up after the commit', async () => {
    await accept(request([cloudEvent('A'), cloudEvent('B'), cloudEvent('C')]));
    expect(door.room['tgt_a']).toBe(0);
    expect(door.taken.map(({ event }) => event.eventId)).toEqual(['A', 'B']);
    expect(lines).toMatchObject([{ deliveries: 3, handedOff: 2 }]);
  });

  test('gives back what duplicates did not need', async () => {
    await accept(request([cloudEvent('A')]));
    await accept(request([cloudEvent('A')]));
    expect(door.room['tgt_a']).toBe(1);
    expect(door.taken).toHaveLength(1);
  });

  test('gives back everything when the store fails, and the failure goes to the caller', async () => {
    await store.close();
    const error = await refused(request([cloudEvent('A'), cloudEvent('B')]));
    expect(error.code).toBe('not_ready');
    expect(door.room['tgt_a']).toBe(2);
    expect(lines).toEqual([]);
  });
});

describe('permission', () => {
  test.each<[string, object, Partial<Credential>, string]>([
    ['a foreign source', { source: '/bank/1' }, {}, '/source'],
    ['a source that only begins alike', { source: '/shop' }, {}, '/source'],
    ['a type outside the list', { type: 'x' }, { allowedTypes: ['order.*', '*.test'] }, '/type'],
  ])('%s is forbidden, by name', async (_, members, credential, pointer) => {
    const { type = 'a', ...more } = members as { type?: string };
    const error = await refused(request({ type, ...more }, { credential }));
    expect([error.code, error.faults[0]?.pointer]).toEqual(['forbidden', pointer]);
    expect(await storedCount()).toBe(0);
  });

  test('patterns with any run, and the own URI, are allowed', async () => {
    const credential = { allowedSources: ['/a/*/c', 'x*'], allowedTypes: ['order.*', '*.test'] };
    const allowed = [
      { type: 'order.created', source: '/a/b/c' },
      { type: 'my.test', source: 'xyz' },
      { type: 'order.' },
    ];
    for (const members of allowed) {
      expect(await accept(request(members, { credential }))).toHaveLength(1);
    }
  });

  test('with no patterns only the own URI is allowed', async () => {
    const credential = { allowedSources: [] };
    expect(await accept(request({ type: 'a' }, { credential }))).toHaveLength(1);
    const error = await refused(request({ type: 'a', source: '/shop/1' }, { credential }));
    expect(error.code).toBe('forbidden');
  });
});

describe('the schema policy', () => {
  const bad = { type: 'order.created', data: { total: 'many' } };
  const policy = (schemaPolicy: Credential['schemaPolicy']) => ({ credential: { schemaPolicy } });

  test('off looks at nothing', async () => {
    expect(await accept(request(bad, policy('off')))).toMatchObject([{ status: 'routed' }]);
  });

  test('warn lets the event through and says why', async () => {
    const [result] = await accept(request(bad, policy('warn')));
    if (!result || isRefusal(result)) throw new Error('expected a result');
    expect(result.status).toBe('routed');
    const detail =
      'data does not fit schema version 2 of order.created: /data/total must be number';
    expect((await store.getEvent(result.id))?.statusDetail).toBe(detail);
  });

  test('quarantine keeps the event and delivers nothing', async () => {
    const results = await accept(request(bad, policy('quarantine')));
    expect(results).toMatchObject([{ status: 'quarantined', deliveries: 0 }]);
    expect(door.room['tgt_a']).toBe(2);
    expect(lines).toMatchObject([{ quarantined: 1, routed: 0 }]);
  });

  test('reject refuses with pointers and stores nothing', async () => {
    const error = await refused(request(bad, policy('reject')));
    expect(error.code).toBe('schema_violation');
    expect(error.faults).toEqual([
      { pointer: '/data/total', code: 'type', detail: 'must be number' },
    ]);
    expect(await storedCount()).toBe(0);
  });

  test('data that fit, and types without schema, pass', async () => {
    const good = { type: 'order.created', data: { total: 3 } };
    expect(await accept(request(good, policy('reject')))).toHaveLength(1);
    expect(await accept(request({ type: 'x', data: 1 }, policy('reject')))).toHaveLength(1);
  });

  test('an event without JSON fits no schema', async () => {
    const error = await refused(request({ type: 'order.created' }, policy('reject')));
    expect(error.faults).toMatchObject([{ pointer: '/data', code: 'not_json' }]);
  });

  test.each([
    ['https://example.com/order.created/1', '/0/data/id'],
    ['https://example.com/order.created/v1', '/0/data/id'],
    ['urn:order.created:1', '/0/data/id'],
    ['https://example.com/order.created/9', '/0/data/total'],
    ['https://example.com/order.created', '/0/data/total'],
  ])('dataschema %s decides which version is meant', async (dataschema, pointer) => {
    const event = cloudEvent('A', { dataschema, data: { total: 'many' } });
    const error = await refused(request([event], policy('reject')));
    expect(error.faults.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});

describe('a batch', () => {
  const mixed = [cloudEvent('A'), cloudEvent('B', { source: '/bank' }), cloudEvent('C')];

  test('is refused whole for one event that is not allowed, naming its index', async () => {
    const error = await refused(request(mixed));
    expect([error.code, error.faults[0]?.pointer]).toEqual(['forbidden', '/1/source']);
    expect(error.message).toContain('indexes: 1');
    expect(await storedCount()).toBe(0);
    expect(door.room['tgt_a']).toBe(2);
  });

  test('with refusals of several kinds is an invalid request', async () => {
    const events = [...mixed, cloudEvent('D', { data: { total: 'many' } })];
    const error = await refused(request(events, { credential: { schemaPolicy: 'reject' } }));
    expect(error.code).toBe('invalid_event');
    expect(error.faults.map(({ code }) => code)).toContain('forbidden');
  });

  test('in part stores the good and answers the bad in their places', async () => {
    const events = [...mixed, { specversion: '1.0' }];
    const results = await accept(request(events, { partial: true }));
    expect(results.map((item) => (isRefusal(item) ? item.code : item.eventId))).toEqual([
      'A',
      'forbidden',
      'C',
      'invalid_event',
    ]);
    expect(lines).toMatchObject([{ events: 4, accepted: 2, refused: 2 }]);
    expect(await storedCount()).toBe(2);
  });

  test('that is empty stores nothing and is answered', async () => {
    expect(await accept(request([]))).toEqual([]);
    expect(lines).toMatchObject([{ events: 0, accepted: 0 }]);
  });
});
