import type { Clock } from '../domain/clock.ts';
import type { Store } from '../store/store.ts';

export interface Check {
  status: 'ok' | 'failed';
  /** For an operator to read. */
  detail: string;
}

export interface Readiness {
  status: 'ready' | 'not_ready';
  version: string;
  checks: Record<string, Check>;
}

export interface Health {
  /** The process runs; says nothing about what it depends on. */
  live(): { status: 'live'; version: string; uptimeSeconds: number };
  /** Whether requests may be sent here. Never rejects. */
  ready(): Promise<Readiness>;
}

const PING_LIMIT_MS = 2000;
// Twenty missed looks at the configuration.
const STALE_MS = 10_000;

/** Liveness and readiness for load balancers and people. */
export function createHealth(deps: {
  store: Pick<Store, 'ping'>;
  catalog: { freshAt(): number };
  clock: Clock;
  version: string;
  /** The gateway is being stopped. */
  isStopping: () => boolean;
}): Health {
  const { store, catalog, clock, version } = deps;
  const startedAt = clock.now();

  async function checkStore(): Promise<Check> {
    let cancel = () => {};
    const limit = new Promise<never>((_, fail) => {
      cancel = clock.after(PING_LIMIT_MS, () => {
        fail(new Error(`The store did not answer within ${PING_LIMIT_MS} ms.`));
      });
    });
    try {
      await Promise.race([store.ping(), limit]);
      return { status: 'ok', detail: 'answers' };
    } catch (error) {
      return { status: 'failed', detail: error instanceof Error ? error.message : String(error) };
    } finally {
      cancel();
    }
  }

  function checkConfiguration(): Check {
    const ageMs = clock.now() - catalog.freshAt();
    return ageMs <= STALE_MS
      ? { status: 'ok', detail: 'fresh' }
      : { status: 'failed', detail: `last read ${Math.round(ageMs / 1000)} s ago` };
  }

  return {
    live: () => ({ status: 'live', version, uptimeSeconds: (clock.now() - startedAt) / 1000 }),
    async ready() {
      const checks: Record<string, Check> = {
        store: await checkStore(),
        configuration: checkConfiguration(),
        process: deps.isStopping()
          ? { status: 'failed', detail: 'stopping' }
          : { status: 'ok', detail: 'running' },
      };
      const isReady = Object.values(checks).every(({ status }) => status === 'ok');
      return { status: isReady ? 'ready' : 'not_ready', version, checks };
    },
  };
}
