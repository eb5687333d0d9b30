import type { Alert, NewAlert } from '../../domain/alert.ts';
import type { Clock } from '../../domain/clock.ts';
import type { IdFactory } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { Condition } from './condition.ts';

/** Raises and resolves alerts, and tells of it. */
export interface AlertDesk {
  /** Raises at once; where the store is away, again at the next `flush`. Never rejects. */
  report(alert: Condition['alert']): void;
  /** What could not be written yet. */
  flush(): Promise<void>;
  raise(alert: Condition['alert']): Promise<void>;
  resolve(alert: Alert): Promise<void>;
}

const MOST_WAITING = 100;
/** The same is written so often at most. */
const REPEAT_MS = 60_000;

export function createAlertDesk(deps: {
  store: Pick<Store, 'raiseAlert' | 'resolveAlert'>;
  clock: Clock;
  ids: IdFactory;
  /** Called once for each alert that is new. */
  onRaised: (alert: Alert) => void;
  onResolved: (alert: Alert) => void;
  onError: (error: unknown) => void;
}): AlertDesk {
  const { store, clock, ids } = deps;
  const waiting = new Map<string, NewAlert>();
  const writtenAt = new Map<string, number>();

  async function write(alert: NewAlert): Promise<void> {
    const { alert: raised, isNew } = await store.raiseAlert(alert);
    if (isNew) deps.onRaised(raised);
  }

  async function flush(): Promise<void> {
    for (const [key, alert] of waiting) {
      await write(alert);
      waiting.delete(key);
    }
  }

  return {
    report(alert) {
      const at = clock.now();
      if (at - (writtenAt.get(alert.key) ?? -Infinity) < REPEAT_MS) return;
      if (writtenAt.size >= MOST_WAITING) writtenAt.clear();
      writtenAt.set(alert.key, at);
      if (waiting.size < MOST_WAITING) waiting.set(alert.key, { ...alert, id: ids('alr'), at });
      flush().catch(deps.onError);
    },
    flush,
    raise: (alert) => write({ ...alert, id: ids('alr'), at: clock.now() }),
    async resolve({ id, key }) {
      const resolved = await store.resolveAlert(id, clock.now());
      writtenAt.delete(key);
      if (resolved) deps.onResolved(resolved);
    },
  };
}
