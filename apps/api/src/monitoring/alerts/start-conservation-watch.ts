import type { Alert } from '../../domain/alert.ts';
import type { Clock } from '../../domain/clock.ts';
import { repeat } from '../../domain/repeat.ts';
import type { Store } from '../../store/store.ts';
import { evaluateConservation, type ConservationDeps } from './evaluate-conservation.ts';

export const CONSERVATION_EVERY_MS = 5 * 60_000;

/**
 * Counts all rows every five minutes, in one of all processes each time, and judges what rests on that count: apart from the other alerts, which wait
 * for nothing that takes minutes. Where nothing has changed since this process counted last, and no difference is open, there is nothing to count.
 */
export function startConservationWatch(
  deps: ConservationDeps & {
    store: ConservationDeps['store'] & Pick<Store, 'changePosition' | 'claimTurn'>;
    clock: Clock;
    onError: (error: unknown) => void;
  },
): { stop(): Promise<void> } {
  const { store, clock, onError } = deps;
  let seen: string | null = null;

  async function look(now: number, signal: AbortSignal): Promise<void> {
    const position = await store.changePosition();
    seen ??= position;
    if (position === seen && !(await store.openAlerts()).some(restsOnCount)) return;
    const turn = Math.floor(now / CONSERVATION_EVERY_MS);
    if (!(await store.claimTurn('conservation', turn))) return;
    await evaluateConservation(deps, signal);
    seen = position;
  }

  return repeat({
    clock,
    everyMs: CONSERVATION_EVERY_MS,
    onError,
    work: async (signal) => {
      const now = clock.now();
      await look(now, signal);
      // However long it took, it comes once in each turn.
      return CONSERVATION_EVERY_MS - ((clock.now() - now) % CONSERVATION_EVERY_MS);
    },
  });
}

function restsOnCount({ code, measure }: Alert): boolean {
  return code === 'conservation_difference' || measure === 'conservationDifference';
}
