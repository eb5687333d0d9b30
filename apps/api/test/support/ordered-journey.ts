import { setTimeout as wait } from 'node:timers/promises';
import { signIn } from './api-client.ts';
import { startCountingReceiver, type Temper } from './counting-receiver.ts';
import { waitUntil } from './wait-until.ts';

/** A running gateway of any shape. */
export interface OrderedShape {
  /** Where events are posted, in turns; read anew for each request, so that a restart may change them. */
  urls: () => readonly string[];
  /** Kills what works, without warning, and starts it again; called once, in the middle. */
  restart: () => Promise<void>;
}

export interface OrderedArrivals {
  /** By key the numbers as they were sent; each after the one before was answered with 202. */
  sent: ReadonlyMap<string, readonly number[]>;
  /** By key the numbers in the order in which the receiver first accepted them. */
  arrived: ReadonlyMap<string, readonly number[]>;
  /** Requests that the receiver refused on purpose. */
  failed: number;
}

interface Reply {
  data: { key: string; number: number };
}

const KEYS = ['red', 'green', 'blue', 'black', 'white', 'grey'];
const EVENTS_A_KEY = 50;
const SOURCE = 'https://load.example/ordered';
const RETRY_SECONDS = [0.1, 0.2, 0.3, 0.5, 1, 1, 1, 1, 1, 1];
const PAUSE_MS = 25;
const PATIENCE_MS = 40_000;

/**
 * Sends events of a few keys through an ordered subscription to a receiver that fails at random and is sometimes slow, with a restart in the
 * middle, and tells what was sent and what arrived. The gateway must be new, and let its first admin in.
 */
export async function runOrderedJourney(shape: OrderedShape): Promise<OrderedArrivals> {
  const receiver = await startCountingReceiver();
  try {
    let failed = 0;
    const temper = moody(() => (failed += 1));
    const key = await subscribe(shape, receiver.open('/ordered', temper), (secret) => {
      receiver.trust('/ordered', secret);
    });
    const all = KEYS.length * EVENTS_A_KEY;
    const arrivals = () => receiver.mailbox('/ordered').accepted;
    const sending = Promise.all(KEYS.map((name, index) => sendKey(shape, key, name, index)));
    // Awaited below; a refusal until then is shown there.
    sending.catch(() => undefined);
    const progress = () => `${arrivals().size} of ${all} events have arrived`;
    await waitUntil(progress, PATIENCE_MS, () => arrivals().size > all / 3);
    await shape.restart();
    const sent = new Map(await sending);
    await waitUntil(progress, PATIENCE_MS, () => arrivals().size >= all);
    const arrived = new Map<string, number[]>(KEYS.map((name) => [name, []]));
    for (const [body] of arrivals().values()) {
      const { data } = body as Reply;
      arrived.get(data.key)?.push(data.number);
    }
    return { sent, arrived, failed };
  } finally {
    await receiver.close();
  }
}

/** A source, and a target behind an ordered subscription; answers the source's key. */
async function subscribe(
  shape: OrderedShape,
  url: string,
  trust: (secret: string) => void,
): Promise<string> {
  const api = await signIn(urlAt(shape, 0));
  const { id } = await api.post<{ id: string }>('/v1/sources', {
    name: 'ordered',
    allowedSources: [SOURCE],
  });
  const { key } = await api.post<{ key: string }>(`/v1/sources/${id}/keys`, { name: 'ordered' });
  const target = await api.post<{ id: string; secret: string }>('/v1/targets', {
    name: 'ordered',
    url,
    retry: { scheduleSeconds: RETRY_SECONDS },
  });
  trust(target.secret);
  await api.post('/v1/subscriptions', {
    name: 'ordered',
    targetId: target.id,
    pattern: { type: ['order.changed'] },
    orderingKey: '/data/key',
    onDeadLetter: 'block',
  });
  // Every process knows of it after a second.
  await wait(1000);
  return key;
}

/** Fails a fifth of the requests, no event more than three times, and answers a tenth of them late. */
function moody(noteFailure: () => void): Temper {
  const failures = new Map<string, number>();
  return async ({ webhookId }) => {
    const draw = Math.random();
    const before = failures.get(webhookId) ?? 0;
    if (draw < 0.2 && before < 3) {
      failures.set(webhookId, before + 1);
      noteFailure();
      return 'fail';
    }
    if (draw > 0.9) await wait(20 + Math.random() * 60);
    return 'accept';
  };
}

/** One event after the other, each again under the same id until it is answered with 202, each by another process. */
async function sendKey(
  shape: OrderedShape,
  key: string,
  name: string,
  index: number,
): Promise<[string, number[]]> {
  const numbers = Array.from({ length: EVENTS_A_KEY }, (_, number) => number);
  for (const number of numbers) {
    const deadline = performance.now() + PATIENCE_MS;
    for (
      let turn = index + number;
      !(await post(urlAt(shape, turn), key, name, number));
      turn += 1
    ) {
      if (performance.now() > deadline) throw new Error(`${name} ${number} is not accepted`);
      await wait(PAUSE_MS);
    }
  }
  return [name, numbers];
}

async function post(url: string, key: string, name: string, number: number): Promise<boolean> {
  const event = { id: `${name}-${number}`, source: SOURCE, type: 'order.changed' };
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...event, data: { key: name, number } }),
  }).catch(() => null);
  const text = await response?.text().catch(() => '');
  if (!response || response.status === 429 || response.status >= 500) return false;
  if (response.status !== 202) throw new Error(`refused: ${response.status} ${text ?? ''}`);
  return true;
}

function urlAt({ urls }: OrderedShape, turn: number): string {
  const all = urls();
  const url = all[turn % all.length];
  if (url === undefined) throw new Error('There is no gateway to talk to.');
  return url;
}
