import type { Clock } from '../domain/clock.ts';
import { repeat } from '../domain/repeat.ts';
import type { Store } from '../store/store.ts';
import type { Fleet } from './fleet.ts';

const EVERY_MS = 2000;
// Four missed heartbeats; with the interval on top, a dead machine's leases are taken over within 10 s.
const SILENT_MS = 8000;

/** Says that this process lives and takes over from those that do not: once at the start, then every two seconds. */
export function startUpkeep(deps: {
  store: Pick<Store, 'heartbeat' | 'takeOver' | 'livingProcesses'>;
  clock: Clock;
  fleet: Pick<Fleet, 'report' | 'learn'>;
  /** Deliveries were taken over and wait to be claimed. */
  onTakeOver: (count: number) => void;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const { store, clock, fleet, onTakeOver, onError } = deps;
  return repeat({
    clock,
    everyMs: EVERY_MS,
    onError,
    work: async () => {
      await store.heartbeat(clock.now(), fleet.report());
      const count = await store.takeOver(clock.now(), SILENT_MS);
      if (count > 0) onTakeOver(count);
      fleet.learn(await store.livingProcesses(clock.now(), SILENT_MS));
    },
  });
}
