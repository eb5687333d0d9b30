import type { Resource, ResourceKind } from '../domain/resources.ts';
import { compilePattern } from '../routing/compile-pattern.ts';
import type { CompiledPattern } from '../routing/compiled-pattern.ts';
import { createRoutingIndex, type RoutingIndex } from '../routing/routing-index.ts';

/** The kinds that are kept in memory. Event types are not: their schemas are what ingest needs. */
export const LOADED_KINDS = [
  'source',
  'source-key',
  'target',
  'subscription',
  'event-schema',
  'user',
  'signing-key',
] as const satisfies readonly ResourceKind[];

export type LoadedResources = { [K in (typeof LOADED_KINDS)[number]]: Resource<K>[] };

/** The configuration at one moment, with everything compiled that the hot paths need. */
export interface Snapshot {
  source(id: string): Resource<'source'> | undefined;
  sources(): readonly Resource<'source'>[];
  sourceKey(id: string): Resource<'source-key'> | undefined;
  /** @param hash SHA-256 of the key, hex */
  sourceKeyByHash(hash: string): Resource<'source-key'> | undefined;
  target(id: string): Resource<'target'> | undefined;
  targets(): readonly Resource<'target'>[];
  subscription(id: string): Resource<'subscription'> | undefined;
  subscriptions(): readonly Resource<'subscription'>[];
  compiledPattern(subscriptionId: string): CompiledPattern | undefined;
  user(id: string): Resource<'user'> | undefined;
  signingKeys(): readonly Resource<'signing-key'>[];
  /** The schemas of an event type, oldest version first. */
  schemas(eventType: string): readonly Resource<'event-schema'>[];
  /** Over the active subscriptions only. */
  routing(): RoutingIndex;
}

/** @param previous patterns that did not change are taken over from it instead of being compiled again */
export function createSnapshot(loaded: LoadedResources, previous: Snapshot | null): Snapshot {
  const sources = byId(loaded.source);
  const sourceKeys = byId(loaded['source-key']);
  const keysByHash = new Map(loaded['source-key'].map((key) => [key.body.hash, key]));
  const targets = byId(loaded.target);
  const subscriptions = byId(loaded.subscription);
  const users = byId(loaded.user);
  const schemas = Map.groupBy(loaded['event-schema'], (schema) => schema.body.eventType);
  for (const versions of schemas.values()) {
    versions.sort((a, b) => a.body.schemaVersion - b.body.schemaVersion);
  }
  const patterns = new Map(
    loaded.subscription.map((subscription) => [
      subscription.id,
      compileOnce(subscription, previous),
    ]),
  );
  const active = loaded.subscription.filter(({ body }) => body.state === 'active');
  const routing = createRoutingIndex(
    active.flatMap(({ id }) => {
      const pattern = patterns.get(id);
      return pattern ? [{ id, pattern }] : [];
    }),
  );

  return {
    source: (id) => sources.get(id),
    sources: () => loaded.source,
    sourceKey: (id) => sourceKeys.get(id),
    sourceKeyByHash: (hash) => keysByHash.get(hash),
    target: (id) => targets.get(id),
    targets: () => loaded.target,
    subscription: (id) => subscriptions.get(id),
    subscriptions: () => loaded.subscription,
    compiledPattern: (id) => patterns.get(id),
    user: (id) => users.get(id),
    signingKeys: () => loaded['signing-key'],
    schemas: (eventType) => schemas.get(eventType) ?? [],
    routing: () => routing,
  };
}

function compileOnce(
  subscription: Resource<'subscription'>,
  previous: Snapshot | null,
): CompiledPattern {
  const before = previous?.subscription(subscription.id);
  const kept =
    before?.version === subscription.version
      ? previous?.compiledPattern(subscription.id)
      : undefined;
  return kept ?? compilePattern(subscription.body.pattern);
}

function byId<K extends ResourceKind>(resources: readonly Resource<K>[]): Map<string, Resource<K>> {
  return new Map(resources.map((resource) => [resource.id, resource]));
}
