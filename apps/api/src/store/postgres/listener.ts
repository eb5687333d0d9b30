import type pg from 'pg';

import type { Clock } from '../../domain/clock.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** A connection that hears what other processes say on a channel, and comes back by itself. */
export interface Listener {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Listens on a channel for as long as it is started. A lost connection is made anew, after pauses that double up to five seconds; what was
 * said meanwhile is not heard, so whoever listens looks for himself now and then.
 * @param onNotice called for each notice, and after each connecting, since something may have been missed
 */
export function createListener(deps: {
  connect: () => pg.Client;
  channel: string;
  clock: Clock;
  onNotice: (payload: string) => void;
}): Listener {
  const { connect, channel, clock, onNotice } = deps;
  let isWanted = false;
  let pauseMs = FIRST_PAUSE_MS;
  let cancelTimer = (): void => undefined;
  let current: pg.Client | null = null;

  function tryAgain(client: pg.Client): void {
    if (current !== client) return;
    current = null;
    client.end().catch(() => undefined);
    if (!isWanted) return;
    cancelTimer = clock.after(pauseMs, open);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  function open(): void {
    const client = connect();
    current = client;
    client.on('error', () => tryAgain(client));
    client.on('end', () => tryAgain(client));
    client.on('notification', ({ payload }) => onNotice(payload ?? ''));
    hear(client).catch(() => tryAgain(client));
  }

  async function hear(client: pg.Client): Promise<void> {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    pauseMs = FIRST_PAUSE_MS;
    if (current === client) onNotice('');
  }

  return {
    start() {
      if (isWanted) return;
      isWanted = true;
      open();
    },
    async stop() {
      isWanted = false;
      cancelTimer();
      const client = current;
      current = null;
      await client?.end().catch(() => undefined);
    },
  };
}
