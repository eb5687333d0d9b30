import { setTimeout as wait } from 'node:timers/promises';
import type { Call, Method } from './call.ts';
import type { Shape } from './shape.ts';

/** The promise: a change of the configuration holds in every process so soon. */
export const SETTLED_AFTER_MS = 1000;
const EVENTS_IN = /^\/v1\/(?:events|ingest\/[^/]+)(?:\?|$)/;

/** Lets events come no sooner after a change of the configuration than every process must know of it. */
export function createSettling(shape: Shape) {
  let changedAt = -Infinity;

  async function settled(): Promise<void> {
    // One process knows at once.
    if (shape === 'embedded') return;
    const waitMs = changedAt + SETTLED_AFTER_MS - performance.now();
    if (waitMs > 0) await wait(waitMs);
  }

  /** The same call; it waits before it sends an event, and notes when it has changed something. */
  function watch(method: Method, path: string, call: Call): Call {
    if (method === 'get' || method === 'options') return call;
    const isEvent = EVENTS_IN.test(path);
    const watched: Call = {
      set(...parameters: [never]) {
        void call.set(...parameters);
        return watched;
      },
      type(contentType) {
        void call.type(contentType);
        return watched;
      },
      send(body) {
        void call.send(body);
        return watched;
      },
      expect(status) {
        void call.expect(status);
        return watched;
      },
      async then(onAnswer, onError) {
        try {
          if (isEvent) await settled();
          const reply = await call;
          if (!isEvent) changedAt = performance.now();
          return (await onAnswer?.(reply)) as never;
        } catch (error) {
          if (!onError) throw error;
          return await onError(error);
        }
      },
    };
    return watched;
  }

  return { settled, watch };
}
