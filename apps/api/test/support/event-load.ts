import { setTimeout as wait } from 'node:timers/promises';

/** One event of a load, by its number. */
export interface LoadEvent {
  number: number;
  type: string;
}

export interface EventLoad {
  /** Events that were answered with 202 so far. */
  acceptedCount(): number;
  /** Where the gateway is from now on; null while it is down. */
  connect(url: string | null): void;
  /** Resolves when every event was accepted; throws when one is refused, or when none is accepted for 15 s. */
  run(): Promise<void>;
}

interface Gate {
  url: string | null;
  opened: Promise<void>;
  open: () => void;
}

const SENDERS = 16;
const PAUSE_MS = 20;
const PATIENCE_MS = 15_000;

/**
 * A client that does what a careful source does: whatever was not answered with 202 is sent again, with the same ids, as soon as
 * the gateway is back. Groups of one go in the plain form, larger ones as a CloudEvents batch.
 */
export function createEventLoad(
  groups: readonly (readonly LoadEvent[])[],
  source: string,
  key: string,
): EventLoad {
  const waiting = [...groups];
  let gate = closedGate();
  let accepted = 0;
  let lastProgressAt = performance.now();

  const sendGroup = async (group: readonly LoadEvent[]): Promise<boolean> => {
    await gate.opened;
    if (gate.url === null) return false;
    try {
      const response = await post(gate.url, source, key, group);
      const body = await response.text();
      if (response.status === 202) return true;
      if (response.status === 429 || response.status >= 500) return false;
      throw new RefusedError(`an event was refused: ${response.status} ${body}`);
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      return false;
    }
  };
  const sendAll = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      if (await sendGroup(group)) {
        accepted += group.length;
        lastProgressAt = performance.now();
        continue;
      }
      waiting.unshift(group);
      if (performance.now() > lastProgressAt + PATIENCE_MS) throw new Error('nothing is accepted');
      await wait(PAUSE_MS);
    }
  };
  return {
    acceptedCount: () => accepted,
    connect: (url) => {
      if (url === null) {
        gate = closedGate();
        return;
      }
      gate.url = url;
      lastProgressAt = performance.now();
      gate.open();
    },
    run: async () => {
      await Promise.all(Array.from({ length: SENDERS }, sendAll));
    },
  };
}

class RefusedError extends Error {}

function closedGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { url: null, opened: promise.then(() => undefined), open: () => resolve(undefined) };
}

function post(
  url: string,
  source: string,
  key: string,
  group: readonly LoadEvent[],
): Promise<Response> {
  const events = group.map(({ number, type }) => ({
    id: `load-${number}`,
    source,
    type,
    data: { number },
  }));
  const isSingle = events.length === 1;
  const body = isSingle ? events[0] : events.map((event) => ({ specversion: '1.0', ...event }));
  return fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': isSingle ? 'application/json' : 'application/cloudevents-batch+json',
    },
    body: JSON.stringify(body),
  });
}
