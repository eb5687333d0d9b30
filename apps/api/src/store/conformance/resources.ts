import { describe, expect, test } from '@jest/globals';

import type { Resource } from '../../domain/resources.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, onEmptyStore } from './fixture.ts';

function eventType(id: string, name: string, at: number): Resource<'event-type'> {
  const body = { name, description: `About ${name}` };
  return {
    kind: 'event-type',
    id,
    name,
    parentId: null,
    version: 1,
    body,
    createdAt: at,
    updatedAt: at,
  };
}

function key(id: string, name: string | null, parentId: string): Resource<'source-key'> {
  const body = { name: name ?? '', hash: 'aa', expiresAt: null };
  return { kind: 'source-key', id, name, parentId, version: 1, body, createdAt: 1, updatedAt: 1 };
}

/** Configuration records and the audit log. */
export function describeResources(newPlace: NewPlace): void {
  describe('resources', () => {
    test(
      'a record is found by id, by name, in lists and in the load of its kind',
      onEmptyStore(newPlace, async (store, { audit, clock }) => {
        const one = eventType('t1', 'order.created', clock.now());
        const two = eventType('t2', 'order.paid', clock.now() + 1);
        await store.insertResource(one, audit());
        await store.insertResource(two, audit());
        expect(await store.getResource('event-type', 't1')).toEqual(one);
        expect(await store.getResource('target', 't1')).toBeNull();
        expect(await store.findResourceByName('event-type', 'order.paid')).toEqual(two);
        expect(await store.findResourceByName('event-type', 'none')).toBeNull();
        expect(await store.loadResources('event-type')).toEqual([one, two]);
        const page = await store.listResources('event-type', {}, { limit: 1, cursor: null });
        expect(page.items).toEqual([two]);
        const next = await store.listResources(
          'event-type',
          {},
          { limit: 1, cursor: page.nextCursor },
        );
        expect(next).toEqual({ items: [one], nextCursor: null });
      }),
    );
    test(
      'names are unique within kind and parent, for two processes at once too',
      onEmptyStore(newPlace, async (store, { audit, open, clock }) => {
        const other = await open();
        const results = await Promise.allSettled([
          store.insertResource(eventType('t1', 'same', clock.now()), audit()),
          other.insertResource(eventType('t2', 'same', clock.now()), audit()),
        ]);
        expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
        const refused = results.find((result) => result.status === 'rejected');
        expect(refused?.reason).toMatchObject({ code: 'name_taken' });
        await store.insertResource(key('k1', 'main', 'src_1'), audit());
        await store.insertResource(key('k2', 'main', 'src_2'), audit());
        await store.insertResource(key('k3', null, 'src_1'), audit());
        await store.insertResource(key('k4', null, 'src_1'), audit());
        const again = store.insertResource(key('k5', 'main', 'src_1'), audit());
        await expect(again).rejects.toMatchObject({ code: 'name_taken' });
        const { items } = await store.listResources(
          'source-key',
          { parentId: 'src_1' },
          FIRST_PAGE,
        );
        expect(items.map((item) => item.id)).toEqual(['k4', 'k3', 'k1']);
        expect((await store.listAudit({}, FIRST_PAGE)).items).toHaveLength(5);
      }),
    );
    test(
      'an update raises the version; an outdated one is refused and writes nothing',
      onEmptyStore(newPlace, async (store, { audit, clock, open }) => {
        const other = await open();
        const one = eventType('t1', 'old', clock.now());
        await store.insertResource(one, audit());
        clock.advance(10);
        const body = { name: 'new', description: 'Changed' };
        const change = {
          kind: 'event-type' as const,
          id: 't1',
          name: 'new',
          body,
          at: clock.now(),
        };
        const updated = await store.updateResource({ ...change, expectedVersion: 1 }, audit());
        expect(updated).toEqual({ ...one, name: 'new', version: 2, body, updatedAt: clock.now() });
        expect(await other.getResource('event-type', 't1')).toEqual(updated);
        const outdated = other.updateResource({ ...change, expectedVersion: 1 }, audit());
        await expect(outdated).rejects.toMatchObject({ code: 'version_conflict' });
        const any = await store.updateResource({ ...change, expectedVersion: null }, audit());
        expect(any.version).toBe(3);
        const unknown = store.updateResource(
          { ...change, id: 't9', expectedVersion: null },
          audit(),
        );
        await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
        expect((await store.listAudit({}, FIRST_PAGE)).items).toHaveLength(3);
      }),
    );
    test(
      'a rename to a taken name is refused, to the own name it is not',
      onEmptyStore(newPlace, async (store, { audit, clock }) => {
        await store.insertResource(eventType('t1', 'one', clock.now()), audit());
        await store.insertResource(eventType('t2', 'two', clock.now()), audit());
        const rename = (name: string) =>
          store.updateResource(
            {
              kind: 'event-type',
              id: 't2',
              expectedVersion: null,
              name,
              body: { name, description: '' },
              at: 1,
            },
            audit(),
          );
        await expect(rename('one')).rejects.toMatchObject({ code: 'name_taken' });
        expect((await rename('two')).version).toBe(2);
      }),
    );
    test(
      'deleting takes the children along and frees the name',
      onEmptyStore(newPlace, async (store, { audit, clock }) => {
        await store.insertResource(eventType('src_1', 'one', clock.now()), audit());
        await store.insertResource(key('k1', 'main', 'src_1'), audit());
        await store.insertResource(key('k2', 'main', 'src_2'), audit());
        const target = { kind: 'event-type' as const, id: 'src_1' };
        const outdated = store.deleteResource({ ...target, expectedVersion: 7 }, audit());
        await expect(outdated).rejects.toMatchObject({ code: 'version_conflict' });
        const start = await store.changePosition();
        await store.deleteResource({ ...target, expectedVersion: 1 }, audit());
        expect(await store.getResource('event-type', 'src_1')).toBeNull();
        expect((await store.loadResources('source-key')).map((item) => item.id)).toEqual(['k2']);
        const { changes } = await store.changes({ after: start, limit: 10, thin: false });
        expect(
          changes.map((change) => (change.kind === 'resource.changed' ? change.id : '')),
        ).toEqual(expect.arrayContaining(['src_1', 'k1']));
        await store.insertResource(eventType('t2', 'one', clock.now()), audit());
      }),
    );
    test(
      'the revision changes with every change of any process, and with nothing else',
      onEmptyStore(newPlace, async (store, { audit, clock, open, newEvent }) => {
        const other = await open();
        const before = await store.resourceRevision();
        await store.append([newEvent(['tgt_a'])]);
        expect(await store.resourceRevision()).toBe(before);
        await other.insertResource(eventType('t1', 'one', clock.now()), audit());
        const after = await store.resourceRevision();
        expect(after).not.toBe(before);
        await store.deleteResource(
          { kind: 'event-type', id: 't1', expectedVersion: null },
          audit(),
        );
        expect(await other.resourceRevision()).not.toBe(after);
      }),
    );
    test(
      'the audit log is read newest first, by actor, subject, action, kind and time',
      onEmptyStore(newPlace, async (store, { audit, clock }) => {
        const entry = (id: string, changes: object) => audit({ id, at: clock.now(), ...changes });
        const entries = [
          entry('a1', {
            actor: 'usr_ada',
            subjectId: 't1',
            action: 'created',
            before: null,
            after: { secret: '***' },
          }),
          entry('a2', { actor: 'usr_bob', subjectId: 't2', action: 'created' }),
          entry('a3', { actor: 'usr_ada', subjectId: 't2', action: 'deleted', after: undefined }),
        ];
        for (const [index, one] of entries.entries()) {
          await store.insertResource(eventType(`t${index}`, `n${index}`, clock.now()), one);
        }
        const ids = async (filter: object) =>
          (await store.listAudit(filter, FIRST_PAGE)).items.map((item) => item.id);
        expect(await ids({})).toEqual(['a3', 'a2', 'a1']);
        expect(await ids({ actor: 'usr_ada' })).toEqual(['a3', 'a1']);
        expect(await ids({ subjectId: 't2', action: 'deleted' })).toEqual(['a3']);
        const page = await store.listAudit({}, { limit: 2, cursor: null });
        const rest = await store.listAudit({}, { limit: 2, cursor: page.nextCursor });
        expect(rest.items).toEqual([entries[0]]);
        clock.advance(10);
        const late = entry('a4', { action: 'target.paused' });
        await store.insertResource(eventType('t4', 'n4', clock.now()), late);
        expect(await ids({ resource: 'target' })).toEqual(['a4']);
        expect(await ids({ after: clock.now() - 5 })).toEqual(['a4']);
        expect(await ids({ before: clock.now() })).toEqual(['a3', 'a2', 'a1']);
      }),
    );
  });
}
