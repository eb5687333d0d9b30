import { createClient } from '@redis/client';
import type { Clock } from '../../domain/clock.ts';
import { waitAtMost } from '../../domain/wait-at-most.ts';
import type { Ledger } from '../ledger.ts';
import { joinScript, PROCESSES_KEY, takeScript } from './scripts.ts';

/** A process that said nothing for so long does not count any more. */
const SILENT_MS = 3000;
const CONNECT_LIMIT_MS = 1000;
/** With joins twice a second, a connection that brings nothing for so long is dead; it is opened anew. */
const DEAD_AFTER_MS = 3000;
const GOOD_BYE_MS = 250;
const LONGEST_PAUSE_MS = 1000;
const MOST_UNANSWERED = 10_000;

/**
 * Processes of any machine count together in Redis: one script call for each part of a budget. Calls are rejected at once while there is no
 * connection; it is opened again by itself.
 * @param url `redis://` or `rediss://`
 * @param processId unlike that of any other process
 */
export function createRedisLedger(deps: { url: string; processId: string; clock: Clock }): Ledger {
  const { processId, clock } = deps;
  const client = createClient({
    url: deps.url,
    scripts: { takeScript, joinScript },
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_UNANSWERED,
    socket: {
      connectTimeout: CONNECT_LIMIT_MS,
      socketTimeout: DEAD_AFTER_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), LONGEST_PAUSE_MS),
    },
  });
  let lastError: Error | null = null;
  client.on('error', (error: Error) => (lastError = error));
  // It goes on trying by itself; rejects only when it is closed meanwhile.
  const connected = client.connect().catch(() => null);

  return {
    async take(ask) {
      const [granted = 0, hits = 0, endsInMs = 0] = await client.takeScript(ask);
      return { granted, hits, endsInMs };
    },
    async join() {
      if (!client.isReady && lastError) throw lastError;
      await connected;
      return client.joinScript(processId, SILENT_MS);
    },
    async close() {
      if (client.isReady) {
        const left = client.zRem(PROCESSES_KEY, processId).catch(() => null);
        await waitAtMost(clock, GOOD_BYE_MS, left);
      }
      if (client.isOpen) client.destroy();
    },
  };
}
