import { FakeClock } from '../../domain/fake-clock.ts';
import type { Attempt } from '../../domain/delivery.ts';
import type { EventRecord } from '../../domain/event.ts';
import { createIdFactory } from '../../domain/ids.ts';
import type { AuditEntry, Claim, NewDelivery, NewEvent, Settlement, Store } from '../store.ts';
import type { NewPlace, OpenOptions } from './engine.ts';

/** A pid above the largest that Linux gives out (2^22): a process that cannot run. */
export const DEAD_PID = 2 ** 22 + 1;
/** After so long without a heartbeat the leases of another machine are taken over. */
export const SILENT_MS = 10_000;
const BEAT_MS = 2000;

/** What a test works with: a clock that stands still, ids, and stores on one empty database. */
export interface Fixture {
  clock: FakeClock;
  id: ReturnType<typeof createIdFactory>;
  /** Opens one more process on the data; closed at the end of the test if it was not before. */
  open: (options?: Partial<OpenOptions>) => Promise<Store>;
  event: (changes?: Partial<EventRecord>) => EventRecord;
  /** An event with one delivery for each target named. */
  newEvent: (
    targets: readonly string[],
    options?: { handOff?: boolean; orderingKey?: string | null; event?: Partial<EventRecord> },
  ) => NewEvent;
  audit: (changes?: Partial<AuditEntry>) => AuditEntry;
  attempt: (claim: Claim, changes?: Partial<Attempt>) => Attempt;
  settlement: (
    claim: Claim,
    state: Settlement['next']['state'],
    changes?: SettlementChanges,
  ) => Settlement;
}

export interface SettlementChanges {
  attempt?: Partial<Attempt> | null;
  next?: Partial<Settlement['next']>;
  at?: number;
}

/** Runs one test on an empty database of its own, and cleans up after it. */
export function onEmptyStore(
  newPlace: NewPlace,
  test: (store: Store, fixture: Fixture) => Promise<void>,
  options: Partial<OpenOptions> = {},
): () => Promise<void> {
  return async () => {
    const place = await newPlace();
    const opened: Store[] = [];
    const clock = new FakeClock();
    const id = createIdFactory(() => clock.now());
    const open = async (more: Partial<OpenOptions> = {}) => {
      const process = { id: id('prc'), pid: globalThis.process.pid, host: 'here' };
      const store = await place.open({ clock, process, ...options, ...more });
      opened.push(store);
      return store;
    };
    try {
      await test(await open(), { clock, id, open, ...makers(clock, id) });
    } finally {
      await Promise.allSettled(opened.map((store) => store.close()));
      await place.remove();
    }
  };
}

function makers(clock: FakeClock, id: Fixture['id']): Omit<Fixture, 'clock' | 'id' | 'open'> {
  function event(changes: Partial<EventRecord> = {}): EventRecord {
    const data = changes.data === undefined ? Buffer.from('{"total":12.50}') : changes.data;
    const recordId = id('evt');
    return {
      id: recordId,
      eventId: `order-${recordId}`,
      source: 'https://shop.example/orders',
      type: 'order.created',
      subject: null,
      time: null,
      dataContentType: 'application/json',
      dataSchema: null,
      extensions: {},
      dataKind: data === null ? 'none' : 'json',
      data,
      sourceId: 'src_shop',
      status: 'routed',
      statusDetail: null,
      receivedAt: clock.now(),
      sizeBytes: data?.byteLength ?? 0,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      ...changes,
    };
  }

  function attempt(claim: Claim, changes: Partial<Attempt> = {}): Attempt {
    return {
      id: id('att'),
      deliveryId: claim.delivery.id,
      number: claim.delivery.attemptCount + 1,
      startedAt: clock.now(),
      durationMs: 20,
      statusCode: 200,
      errorKind: null,
      error: null,
      request: {
        method: 'POST',
        url: 'https://target.example/hook',
        headers: { 'webhook-id': claim.event.id },
        body: null,
        format: 'standard',
      },
      response: { headers: { server: 'nginx' }, body: Buffer.from('ok'), truncated: false },
      ...changes,
    };
  }

  return {
    event,
    attempt,
    newEvent(targets, { handOff = false, orderingKey = null, event: changes = {} } = {}) {
      const deliveries = targets.map((targetId): NewDelivery => ({
        id: id('dlv'),
        subscriptionId: `sub_${targetId}`,
        targetId,
        orderingKey,
        handOff,
      }));
      return { event: event(changes), deliveries };
    },
    audit: (changes = {}) => ({
      id: id('aud'),
      at: clock.now(),
      actor: 'usr_ada',
      action: 'target.updated',
      subjectId: 'tgt_a',
      address: '203.0.113.9',
      before: null,
      after: { name: 'A' },
      ...changes,
    }),
    settlement: (claim, state, { attempt: made = {}, next = {}, at = clock.now() } = {}) => ({
      deliveryId: claim.delivery.id,
      fence: claim.fence,
      attempt: made === null ? null : attempt(claim, made),
      next: { state, nextAttemptAt: null, reason: null, reasonDetail: null, ...next },
      at,
    }),
  };
}

/** Everything due for the targets, up to `limit`. */
export function claimAll(
  store: Store,
  fixture: Fixture,
  targets: readonly string[],
  limit = 100,
): Promise<Claim[]> {
  const rooms = targets.map((targetId) => ({ targetId, room: limit }));
  return store.claim({ rooms, now: fixture.clock.now(), limit });
}

/** What gives a lease back. */
export function leaseOf(claim: Claim): { deliveryId: string; fence: number } {
  return { deliveryId: claim.delivery.id, fence: claim.fence };
}

/** The state of a delivery now. */
export async function stateOf(store: Store, claim: { delivery: { id: string } }): Promise<string> {
  return (await store.getDelivery(claim.delivery.id))?.state ?? 'gone';
}

/** The first element, which the test knows to be there. */
export function first<T>(list: readonly T[]): T {
  const [element] = list;
  if (element === undefined) throw new Error('The list is empty.');
  return element;
}

export const FIRST_PAGE = { limit: 50, cursor: null };

/** Lets all others be silent for as long as is needed to be given up: silence is seen from look to look. */
export async function keepSilent(store: Store, { clock }: Fixture): Promise<void> {
  for (let ms = 0; ms < SILENT_MS; ms += BEAT_MS) {
    await store.takeOver(clock.now(), SILENT_MS);
    clock.advance(BEAT_MS);
  }
}
