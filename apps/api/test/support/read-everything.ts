import type { Resource, ResourceKind } from '../../src/domain/resources.ts';
import type { Page, PageRequest, Store } from '../../src/store/store.ts';

const KINDS: readonly ResourceKind[] = [
  ...(['source', 'source-key', 'target', 'subscription', 'event-type', 'event-schema'] as const),
  ...(['user', 'signing-key'] as const),
];

/** All that a store says of itself through its interface, in a form that can be compared. */
export async function readEverything(store: Store, now: number) {
  const events = await all((page) => store.listFullEvents({}, page));
  const deliveries = await all((page) => store.listDeliveries({}, page));
  const attempts = [];
  for (const { id } of deliveries) attempts.push(...(await store.listAttempts(id)));
  const resources: Record<string, Resource[]> = {};
  for (const kind of KINDS) {
    resources[kind] = (await store.loadResources(kind)).sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  const range = { from: 1, to: now + 1, stepMs: 3_600_000 };
  const rollups = await store.rollups({
    measures: ['event.', 'delivery.', 'attempt.', 'latency'],
    groupBy: ['sourceId', 'type', 'targetId'],
    ...range,
  });
  const search = await Promise.all(
    ['amber', 'kase', 'violet amber', 'nothing'].map((q) =>
      all((page) => store.listEvents({ q }, page)),
    ),
  );
  return plain({
    events,
    deliveries,
    attempts,
    resources,
    audit: await all((page) => store.listAudit({}, page)),
    jobs: (await all((page) => store.listJobs({}, page))).map(({ bound, position, ...job }) => ({
      ...job,
      isBound: bound !== null,
      hasPosition: position !== null,
    })),
    seenTypes: (await store.listSeenTypes()).sort((a, b) => (a.type < b.type ? -1 : 1)),
    rollups: rollups
      .map((row) => {
        const { measure, at, sourceId, type, targetId, count, histogram } = row;
        const counts = histogram?.flatMap((one, bucket) => (one > 0 ? [`${bucket}:${one}`] : []));
        return [measure, at, sourceId, type, targetId, count, counts?.join(' ')].join(' | ');
      })
      .sort(),
    conservation: await store.conservation(),
    backlog: await store.backlog(),
    deadLetters: await store.deadLetterGroups(),
    nextDueAt: await store.nextDueAt(),
    resourceRevision: await store.resourceRevision(),
    failures: await store.loginFailures('ada', now, 3_600_000),
    search: search.map((found) => found.map(({ id }) => id)),
  });
}

async function all<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit: 200, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Bytes as text: engines answer different kinds of byte arrays. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    return `bytes:${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
