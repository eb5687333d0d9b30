import { rmSync } from 'node:fs';
import type { Clock } from '../../domain/clock.ts';
import type { Ledger } from '../ledger.ts';
import { openGuest, type Guest } from './open-guest.ts';
import { openHost, type Host } from './open-host.ts';
import { socketMark } from './socket-mark.ts';

/** A host that leaves this many joins in a row unanswered is given up: it is frozen, and another takes its place. */
const UNANSWERED_JOINS = 4;
const MOST_TRIES = 20;

/**
 * The processes of one machine meet at a Unix socket. The first that comes hosts the count in its memory, the others ask it; when it
 * goes, the next one takes its place and goes on from what the askers last heard. Nothing is written to disk.
 * @param path of the socket; at most 90 bytes, and a name beside it is used for a moment
 */
export function createMachineLedger({ path, clock }: { path: string; clock: Clock }): Ledger {
  let isClosed = false;
  let place: Promise<Host | Guest> = meet();
  // Awaited by those who ask.
  place.catch(() => {});
  let unansweredJoins = 0;

  async function meet(): Promise<Host | Guest> {
    for (let tries = 0; tries < MOST_TRIES && !isClosed; tries += 1) {
      const markBefore = socketMark(path);
      try {
        return await openGuest(path);
      } catch (error) {
        const code = codeOf(error);
        if (code === 'ECONNREFUSED') removeIfSame(markBefore);
        else if (code !== 'ENOENT') throw error;
      }
      try {
        return await openHost(path, clock);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
    throw new Error(`No place to count together was found at ${path}.`);
  }

  /** Two who find a dead host at once must not remove the new one of the other. */
  function removeIfSame(mark: string | null): void {
    if (mark !== null && socketMark(path) === mark) rmSync(path, { force: true });
  }

  /** The host or guest in use; another one when it is of no use any more. */
  async function inUse(): Promise<Host | Guest> {
    const asked = place;
    const current = await asked.catch(() => null);
    const isLost = current === null || (current.kind === 'guest' && !current.isConnected());
    if (!isLost) return current;
    if (place === asked) remeet();
    return place;
  }

  function remeet(): void {
    if (isClosed) return;
    unansweredJoins = 0;
    place = meet();
    place.catch(() => {});
  }

  /** A host that nobody finds has been given up by the others, as it did not answer them. */
  async function leaveUselessPlace(current: Host | Guest): Promise<void> {
    if (current.kind === 'host') {
      if (current.isFound()) return;
      await current.close();
    } else {
      unansweredJoins = current.isWaiting() ? unansweredJoins + 1 : 0;
      if (unansweredJoins <= UNANSWERED_JOINS) return;
      removeIfSame(current.mark);
      current.close();
    }
    remeet();
  }

  return {
    async take(ask) {
      const current = await inUse();
      if (current.kind === 'host') return current.windows.take(ask);
      return current.take(ask).catch(async () => {
        // The host is gone and its count with it, so nothing is counted twice.
        const next = await inUse();
        return next.kind === 'host' ? next.windows.take(ask) : next.take(ask);
      });
    },
    async join() {
      await leaveUselessPlace(await inUse());
      const current = await inUse();
      return current.kind === 'host' ? current.processes() : current.join();
    },
    async close() {
      isClosed = true;
      const current = await place.catch(() => null);
      await current?.close();
    },
  };
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
