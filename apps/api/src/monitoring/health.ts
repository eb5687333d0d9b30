import type { Clock } from '../domain/clock.ts';
import type { Store } from '../store/store.ts';
import type { Fleet } from './fleet.ts';
import { within } from './within.ts';

export interface Check {
  /** `warning`: requests may be sent here, but an operator should look. */
  status: 'ok' | 'warning' | 'failed';
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
// Ten missed looks for work.
const STUCK_MS = 10_000;

/** Liveness and readiness for load balancers and people. */
export function createHealth(deps: {
  store: Pick<Store, 'ping'>;
  catalog: { freshAt(): number };
  clock: Clock;
  fleet: Pick<Fleet, 'delivers'>;
  /** Whose look for work says that deliveries go out; null: they do not from this process. */
  dispatcher: { lookedAt(): number | null };
  rateLimits: () => Check;
  version: string;
  /** The gateway is being stopped. */
  isStopping: () => boolean;
}): Health {
  const { store, catalog, clock, version } = deps;
  const startedAt = clock.now();

  async function checkStore(): Promise<Check> {
    try {
      await within(clock, PING_LIMIT_MS, 'The store', store.ping());
      return { status: 'ok', detail: 'answers' };
    } catch (error) {
      return { status: 'failed', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  function checkConfiguration(): Check {
    const ageMs = clock.now() - catalog.freshAt();
    return ageMs <= STALE_MS
      ? { status: 'ok', detail: 'fresh' }
      : { status: 'failed', detail: `last read ${Math.round(ageMs / 1000)} s ago` };
  }

  function checkDelivery(): Check {
    const silentMs = clock.now() - (deps.dispatcher.lookedAt() ?? clock.now());
    if (silentMs > STUCK_MS) {
      const seconds = Math.round(silentMs / 1000);
      return { status: 'failed', detail: `has not looked for work for ${seconds} s` };
    }
    return deps.fleet.delivers()
      ? { status: 'ok', detail: 'delivers' }
      : {
          status: 'warning',
          detail:
            'No living process has the role "delivery": events are stored, and their deliveries wait. Start one with ROLES=delivery.',
        };
  }

  return {
    live: () => ({ status: 'live', version, uptimeSeconds: (clock.now() - startedAt) / 1000 }),
    async ready() {
      const checks: Record<string, Check> = {
        store: await checkStore(),
        configuration: checkConfiguration(),
        delivery: checkDelivery(),
        rateLimits: deps.rateLimits(),
        process: deps.isStopping()
          ? { status: 'failed', detail: 'stopping' }
          : { status: 'ok', detail: 'running' },
      };
      const isReady = Object.values(checks).every(({ status }) => status !== 'failed');
      return { status: isReady ? 'ready' : 'not_ready', version, checks };
    },
  };
}
