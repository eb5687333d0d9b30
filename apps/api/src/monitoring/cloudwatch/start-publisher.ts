import type { Clock } from '../../domain/clock.ts';
import { repeat } from '../../domain/repeat.ts';
import type { Store } from '../../store/store.ts';
import type { Datum, SendData } from './datum.ts';
import type { ProcessFigures } from './process-figures.ts';

const MINUTE_MS = 60_000;
/** Into the next minute, so that the last one's transactions have ended. */
const LAG_MS = 5000;
/** A quarter of an hour of a process' figures; older ones are given up. */
const MOST_WAITING = 250;

/**
 * Publishes figures each minute, in one request: of this process, and in one process of the gateway also of the whole. A CloudWatch that
 * is away hurts nobody: it is logged once, and what could not be sent goes along with a later request, up to a bound.
 */
export function startPublisher(deps: {
  store: Pick<Store, 'claimTurn'>;
  clock: Clock;
  send: SendData;
  processFigures: ProcessFigures;
  storeFigures: (minute: number) => Promise<Datum[]>;
  log: (level: 'info' | 'warn', message: string, fields: object) => void;
}): { stop(): Promise<void> } {
  const { store, clock, log } = deps;
  let waiting: Datum[] = [];
  let isAway = false;

  async function readStore(): Promise<Datum[]> {
    const minute = Math.floor(clock.now() / MINUTE_MS) - 1;
    try {
      if (!(await store.claimTurn('cloudwatch', minute))) return [];
      return await deps.storeFigures(minute);
    } catch (error) {
      log('warn', 'figures for CloudWatch could not be read', { err: error });
      return [];
    }
  }

  async function publish(): Promise<void> {
    waiting.push(...deps.processFigures.take(), ...(await readStore()));
    if (waiting.length > MOST_WAITING) waiting = waiting.slice(-MOST_WAITING);
    try {
      await deps.send(waiting);
      waiting = [];
      if (isAway) log('info', 'CloudWatch takes figures again', {});
      isAway = false;
    } catch (error) {
      if (!isAway) log('warn', 'CloudWatch does not take figures', { err: error });
      isAway = true;
    }
  }

  const loop = repeat({
    clock,
    everyMs: MINUTE_MS,
    // The first time at once: a process that ends within its first minute has told of its start.
    work: async () => {
      await publish();
      const now = clock.now();
      return (Math.floor((now - LAG_MS) / MINUTE_MS) + 1) * MINUTE_MS + LAG_MS - now;
    },
    onError: (error) =>
      log('warn', 'figures for CloudWatch could not be published', { err: error }),
  });

  return {
    async stop() {
      await loop.stop();
      deps.processFigures.stop();
    },
  };
}
