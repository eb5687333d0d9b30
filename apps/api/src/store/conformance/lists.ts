import { describe, expect, test } from '@jest/globals';

import type { DeliveryFilter, EventFilter, NewEvent, Page, PageRequest, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, claimAll, first, onEmptyStore } from './fixture.ts';
import type { Fixture } from './fixture.ts';

async function allPages<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Five events of different kinds, a second apart. */
async function variedEvents(store: Store, fixture: Fixture) {
  const kinds = [
    { type: 'a', source: 'urn:1', sourceId: 'src_1', subject: 'x' },
    { type: 'b', source: 'urn:1', sourceId: 'src_1', subject: null },
    { type: 'a', source: 'urn:2', sourceId: 'src_2', subject: 'y', status: 'unmatched' },
    { type: 'c', source: 'urn:2', sourceId: 'src_2', subject: 'x', status: 'quarantined' },
    { type: 'a', source: 'urn:1', sourceId: 'src_1', subject: 'y' },
  ] as const;
  for (const kind of kinds) {
    await store.append([
      fixture.newEvent([], { event: { ...kind, eventId: `n${kinds.indexOf(kind)}` } }),
    ]);
    fixture.clock.advance(1000);
  }
}

/** One delivery in each state, with the outcomes that lead there. */
async function variedDeliveries(store: Store, fixture: Fixture) {
  const { clock, newEvent, settlement } = fixture;
  const targets = ['tgt_ok', 'tgt_422', 'tgt_slow', 'tgt_off', 'tgt_busy', 'tgt_new'];
  const items: NewEvent[] = [];
  for (const target of targets) {
    const item = newEvent([target], { event: { type: target.slice(4) } });
    items.push(item);
    await store.append([item]);
    clock.advance(1000);
  }
  const [ok, refused, slow, off] = await claimAll(store, fixture, targets.slice(0, 5));
  if (!ok || !refused || !slow || !off) throw new Error('All were due.');
  const nextAttemptAt = clock.now() + 5000;
  await store.settle([
    settlement(ok, 'succeeded'),
    settlement(refused, 'dead', { attempt: { statusCode: 422 }, next: { reason: 'http_422' } }),
    settlement(slow, 'retrying', {
      attempt: { statusCode: null, errorKind: 'timeout', response: null },
      next: { reason: 'timeout', nextAttemptAt },
    }),
    settlement(off, 'cancelled', { attempt: null, next: { reason: 'no_result' } }),
  ]);
  return items;
}

/** Lists: every filter, newest first, stable pages. */
export function describeLists(newPlace: NewPlace): void {
  describe('lists', () => {
    const eventCases: [EventFilter, string[]][] = [
      [{}, ['n4', 'n3', 'n2', 'n1', 'n0']],
      [{ type: ['a'] }, ['n4', 'n2', 'n0']],
      [{ type: ['c', 'b', 'b'] }, ['n3', 'n1']],
      [{ type: [] }, ['n4', 'n3', 'n2', 'n1', 'n0']],
      [{ source: ['urn:2'] }, ['n3', 'n2']],
      [{ sourceId: ['src_1'], type: ['a', 'c'] }, ['n4', 'n0']],
      [{ subject: ['x', 'y'] }, ['n4', 'n3', 'n2', 'n0']],
      [{ status: ['routed'] }, ['n4', 'n1', 'n0']],
      [{ status: ['unmatched', 'quarantined'] }, ['n3', 'n2']],
      [{ status: ['routed', 'unmatched'], type: ['a', 'b'] }, ['n4', 'n2', 'n1', 'n0']],
      [{ type: ['none'] }, []],
      [{ type: ["a' OR 1=1 --"] }, []],
    ];
    test.each(eventCases)('events by %j', (filter, expected) =>
      onEmptyStore(newPlace, async (store, fixture) => {
        await variedEvents(store, fixture);
        const { items } = await store.listEvents(filter, FIRST_PAGE);
        expect(items.map((event) => event.eventId)).toEqual(expected);
        const single = await allPages((page) => store.listEvents(filter, page), 1);
        expect(single).toEqual(items);
      })(),
    );
    test(
      'events by time, both ends left out',
      onEmptyStore(newPlace, async (store, fixture) => {
        const start = fixture.clock.now();
        await variedEvents(store, fixture);
        const filter = { receivedAfter: start + 1000, receivedBefore: start + 4000 };
        const { items } = await store.listEvents(filter, FIRST_PAGE);
        expect(items.map((event) => event.eventId)).toEqual(['n3', 'n2']);
      }),
    );
    test(
      'the full list carries payloads, the short one does not',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const item = newEvent([]);
        await store.append([item]);
        const short = first((await store.listEvents({}, FIRST_PAGE)).items);
        const full = first((await store.listFullEvents({}, FIRST_PAGE)).items);
        expect(short).not.toHaveProperty('data');
        expect(Buffer.from(full.data ?? [])).toEqual(item.event.data);
        expect({ ...full, data: undefined }).toEqual({ ...short, data: undefined });
      }),
    );
    test(
      'pages neither repeat nor skip while new events come in, also within one millisecond',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const items = Array.from({ length: 25 }, () => newEvent([]));
        await store.append(items);
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Page<{ id: string }> = await store.listEvents({}, { limit: 7, cursor });
          seen.push(...page.items.map((event) => event.id));
          cursor = page.nextCursor;
          await store.append([newEvent([])]);
        } while (cursor !== null);
        expect(seen).toEqual(items.map(({ event }) => event.id).reverse());
      }),
    );
    const deliveryCases: [DeliveryFilter, string[]][] = [
      [{}, ['new', 'busy', 'off', 'slow', '422', 'ok']],
      [{ state: ['pending'] }, ['new']],
      [{ state: ['delivering'] }, ['busy']],
      [{ state: ['succeeded', 'dead', 'retrying'] }, ['slow', '422', 'ok']],
      [{ state: ['cancelled'], targetId: ['tgt_off', 'tgt_ok'] }, ['off']],
      [{ subscriptionId: ['sub_tgt_slow', 'sub_tgt_ok'] }, ['slow', 'ok']],
      [{ sourceId: ['src_shop'], type: ['422', 'new'] }, ['new', '422']],
      [{ reason: ['timeout'] }, ['slow']],
      [{ reason: ['http_422', 'no_result'] }, ['off', '422']],
      [{ codeClass: ['4xx'] }, ['422']],
      [{ codeClass: ['2xx', '4xx', '5xx'] }, ['422', 'ok']],
      [{ codeClass: ['nonsense'] }, []],
      [{ errorKind: ['timeout', 'dns'] }, ['slow']],
    ];
    test.each(deliveryCases)('deliveries by %j', (filter, expected) =>
      onEmptyStore(newPlace, async (store, fixture) => {
        await variedDeliveries(store, fixture);
        const { items } = await store.listDeliveries(filter, FIRST_PAGE);
        expect(items.map((delivery) => delivery.eventType)).toEqual(expected);
        expect(await allPages((page) => store.listDeliveries(filter, page), 1)).toEqual(items);
      })(),
    );
    test(
      'deliveries by event and by time',
      onEmptyStore(newPlace, async (store, fixture) => {
        const start = fixture.clock.now();
        const items = await variedDeliveries(store, fixture);
        const wanted = items.slice(1, 3).map(({ event }) => event.id);
        const byEvent = await store.listDeliveries({ eventId: wanted }, FIRST_PAGE);
        expect(byEvent.items.map((delivery) => delivery.eventId)).toEqual(wanted.reverse());
        const filter = { createdAfter: start, createdBefore: start + 2000 };
        const byTime = await store.listDeliveries(filter, FIRST_PAGE);
        expect(byTime.items.map((delivery) => delivery.eventType)).toEqual(['422']);
      }),
    );
    test(
      'a cursor is good for its own list and filter only',
      onEmptyStore(newPlace, async (store, fixture) => {
        await variedEvents(store, fixture);
        const filter = { type: ['a', 'b'] };
        const { nextCursor: cursor } = await store.listEvents(filter, { limit: 1, cursor: null });
        expect(cursor).not.toBeNull();
        const sameFilter = await store.listEvents(
          { type: ['b', 'a'], source: [] },
          { limit: 1, cursor },
        );
        expect(sameFilter.items).toHaveLength(1);
        const forged = Buffer.from('x.1.1').toString('base64url');
        const foreign = [
          store.listEvents({ type: ['a'] }, { limit: 1, cursor }),
          store.listFullEvents(filter, { limit: 1, cursor }),
          store.listDeliveries(filter, { limit: 1, cursor }),
          store.listEvents(filter, { limit: 1, cursor: forged }),
          store.listEvents(filter, { limit: 1, cursor: `${cursor}x` }),
          store.listEvents(filter, { limit: 1, cursor: '' }),
        ];
        for (const answer of foreign) {
          await expect(answer).rejects.toMatchObject({ code: 'invalid_cursor' });
        }
      }),
    );
    test(
      'unknown ids are null or empty, not errors',
      onEmptyStore(newPlace, async (store) => {
        expect(await store.getEvent('evt_none')).toBeNull();
        expect(await store.getDelivery('dlv_none')).toBeNull();
        expect(await store.getAttempt('att_none')).toBeNull();
        expect(await store.listAttempts('dlv_none')).toEqual([]);
      }),
    );
  });
}
