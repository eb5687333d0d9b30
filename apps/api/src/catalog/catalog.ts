import type { Clock } from '../domain/clock.ts';
import type { Resource, ResourceKind } from '../domain/resources.ts';
import type { Store } from '../store/store.ts';
import { createSnapshot, LOADED_KINDS, type LoadedResources, type Snapshot } from './snapshot.ts';

/** The configuration as this process knows it; every answer comes from memory. */
export interface Catalog extends Snapshot {
  /** Reloads now; call it after an own write. Resolves once the answers are as new as the store was at the call. */
  refresh(): Promise<void>;
  /** Called after each reload that changed something; answers the unsubscriber. */
  onChange(listener: () => void): () => void;
  /** Counts up with each reload, so that caches can tell whether they are stale. */
  generation(): number;
  /** When the store was last asked successfully, ms since 1970. */
  freshAt(): number;
  stop(): void;
}

// Changes made by another process must take effect within a second.
const POLL_MS = 250;

/**
 * Loads the configuration and keeps it fresh: at once after `refresh`, within a second after a change in another process.
 * A store that cannot be reached leaves the last answers standing.
 */
export async function createCatalog(deps: {
  store: Pick<Store, 'loadResources' | 'resourceRevision'>;
  clock: Clock;
  onError: (error: unknown) => void;
}): Promise<Catalog> {
  const { store, clock } = deps;
  const listeners = new Set<() => void>();
  let generation = 0;
  let freshAt = clock.now();
  // Read before loading, here and later: a change in between is then seen again, never missed.
  let revision = await store.resourceRevision();
  let snapshot: Snapshot = createSnapshot(await load(store), null);
  let stopped = false;
  let reloading: Promise<void> | null = null;
  let queued: Promise<void> | null = null;

  async function reload(): Promise<void> {
    const newest = await store.resourceRevision();
    freshAt = clock.now();
    if (newest === revision) return;
    snapshot = createSnapshot(await load(store), snapshot);
    revision = newest;
    generation += 1;
    for (const listener of listeners) listener();
  }

  // A reload that is under way may have read before the caller's write: the caller waits for the one after it.
  function refresh(): Promise<void> {
    if (!reloading) {
      reloading = reload().finally(() => (reloading = null));
      return reloading;
    }
    queued ??= reloading
      .catch(() => undefined)
      .then(() => {
        queued = null;
        return refresh();
      });
    return queued;
  }

  let cancelPoll = schedulePoll();
  function schedulePoll(): () => void {
    return clock.after(POLL_MS, () => {
      refresh()
        .catch(deps.onError)
        .finally(() => {
          if (!stopped) cancelPoll = schedulePoll();
        });
    });
  }

  return {
    source: (id) => snapshot.source(id),
    sources: () => snapshot.sources(),
    sourceKey: (id) => snapshot.sourceKey(id),
    sourceKeyByHash: (hash) => snapshot.sourceKeyByHash(hash),
    target: (id) => snapshot.target(id),
    targets: () => snapshot.targets(),
    subscription: (id) => snapshot.subscription(id),
    subscriptions: () => snapshot.subscriptions(),
    compiledPattern: (id) => snapshot.compiledPattern(id),
    user: (id) => snapshot.user(id),
    signingKeys: () => snapshot.signingKeys(),
    schemas: (eventType) => snapshot.schemas(eventType),
    routing: () => snapshot.routing(),
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    generation: () => generation,
    freshAt: () => freshAt,
    stop() {
      stopped = true;
      cancelPoll();
    },
  };
}

async function load(store: Pick<Store, 'loadResources'>): Promise<LoadedResources> {
  const loaded = await Promise.all(
    LOADED_KINDS.map(async (kind): Promise<[ResourceKind, Resource[]]> => [
      kind,
      (await store.loadResources(kind)) as Resource[],
    ]),
  );
  return Object.fromEntries(loaded) as unknown as LoadedResources;
}
