import type { Resource, ResourceBodies, ResourceKind } from '../../domain/resources.ts';
import type { Answer, Caller } from '../exchange.ts';
import type { Services } from '../services.ts';
import { auditEntry } from './audit-entry.ts';
import { etagOf, expectedVersionOf } from './etag.ts';

/** How a record is shown: its public shape, secrets masked. */
export type Show<K extends ResourceKind> = (resource: Resource<K>) => object;

type Deps = Pick<Services, 'store' | 'catalog' | 'ids' | 'clock'>;

/** Stores a new record with its audit entry and makes the catalogue know it. Rejects with `name_taken`. */
export async function insertResource<K extends ResourceKind>(
  services: Deps,
  caller: Caller,
  show: Show<K>,
  fresh: Pick<Resource<K>, 'kind' | 'id' | 'name' | 'parentId' | 'body'>,
): Promise<Resource<K>> {
  const now = services.clock.now();
  const resource: Resource<K> = { ...fresh, version: 1, createdAt: now, updatedAt: now };
  await services.store.insertResource(
    resource,
    auditEntry(services, caller, {
      action: `${fresh.kind}.created`,
      subjectId: fresh.id,
      before: null,
      after: show(resource),
    }),
  );
  await services.catalog.refresh();
  return resource;
}

/**
 * Replaces a record's body, if it still has the version that `If-Match` names. Rejects with `version_conflict` or `name_taken`.
 * @param action what the audit log calls it, such as `updated`
 */
export async function updateResource<K extends ResourceKind>(
  services: Deps,
  caller: Caller,
  show: Show<K>,
  before: Resource<K>,
  change: { body: ResourceBodies[K]; name?: string | null; action?: string },
): Promise<Resource<K>> {
  // Without If-Match the version just read is expected: two changes at once never mix unseen.
  const expectedVersion = expectedVersionOf(caller.headers) ?? before.version;
  const name = change.name === undefined ? before.name : change.name;
  const after = { ...before, name, body: change.body };
  const updated = await services.store.updateResource(
    {
      kind: before.kind,
      id: before.id,
      expectedVersion,
      name,
      body: change.body,
      at: services.clock.now(),
    },
    auditEntry(services, caller, {
      action: `${before.kind}.${change.action ?? 'updated'}`,
      subjectId: before.id,
      before: show(before),
      after: show(after),
    }),
  );
  await services.catalog.refresh();
  return updated;
}

/** Deletes a record and its children, if it still has the version that `If-Match` names. */
export async function deleteResource<K extends ResourceKind>(
  services: Deps,
  caller: Caller,
  show: Show<K>,
  before: Resource<K>,
): Promise<Answer> {
  await services.store.deleteResource(
    { kind: before.kind, id: before.id, expectedVersion: expectedVersionOf(caller.headers) },
    auditEntry(services, caller, {
      action: `${before.kind}.deleted`,
      subjectId: before.id,
      before: show(before),
      after: null,
    }),
  );
  await services.catalog.refresh();
  return { status: 204 };
}

/** 200 with the record and its ETag. */
export function showAnswer<K extends ResourceKind>(resource: Resource<K>, show: Show<K>): Answer {
  return { status: 200, headers: { etag: etagOf(resource) }, body: show(resource) };
}

/** 201 with the record, its ETag and its place. */
export function createdAnswer(resource: Resource, location: string, body: object): Answer {
  return { status: 201, headers: { etag: etagOf(resource), location }, body };
}
