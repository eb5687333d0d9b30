import { describe, expect, test } from '@jest/globals';

import type { NewAlert } from '../../domain/alert.ts';
import type { Change } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, onEmptyStore, type Fixture } from './fixture.ts';

function newAlert(fixture: Fixture, changes: Partial<NewAlert> = {}): NewAlert {
  return {
    id: fixture.id('alr'),
    key: 'rul_1 tgt_a',
    code: 'rule',
    ruleId: 'rul_1',
    measure: 'failureRatePercent',
    targetId: 'tgt_a',
    sourceId: null,
    severity: 'warning',
    title: 'billing fails',
    detail: 'failed attempts: 62.5 %, above 50 %',
    value: 62.5,
    threshold: 50,
    at: fixture.clock.now(),
    ...changes,
  };
}

const alertsIn = (changes: readonly Change[]) =>
  changes.flatMap((change) =>
    change.kind === 'resource.changed' ? [[change.resource, change.id]] : [],
  );

/** Alerts, and the turns of recurring work. */
export function describeAlerts(newPlace: NewPlace): void {
  describe('alerts', () => {
    test(
      'an alert is raised once while it is open, whoever raises it, and again after it was resolved',
      onEmptyStore(newPlace, async (store, fixture) => {
        const other = await fixture.open();
        const all = await Promise.all(
          [store, other, store, other].map((one) => one.raiseAlert(newAlert(fixture))),
        );
        const made = all.filter(({ isNew }) => isNew);
        expect(made).toHaveLength(1);
        const { id = '', ...first } = made[0]?.alert ?? {};
        expect(first).toMatchObject({ value: 62.5, threshold: 50, raisedAt: fixture.clock.now() });
        expect(new Set(all.map(({ alert }) => alert.id))).toEqual(new Set([id]));
        fixture.clock.advance(1000);
        const again = await store.raiseAlert(newAlert(fixture, { detail: 'another' }));
        expect(again.alert).toMatchObject({
          id,
          occurrences: 5,
          detail: 'failed attempts: 62.5 %, above 50 %',
          lastSeenAt: fixture.clock.now(),
          resolvedAt: null,
        });
        const elsewhere = await store.raiseAlert(newAlert(fixture, { key: 'rul_1 tgt_b' }));
        expect(elsewhere.isNew).toBe(true);
        expect(await other.resolveAlert(id, 7)).toMatchObject({ id, resolvedAt: 7 });
        expect(await store.resolveAlert(id, 8)).toBeNull();
        expect((await store.openAlerts()).map((alert) => alert.id)).toEqual([elsewhere.alert.id]);
        expect((await store.raiseAlert(newAlert(fixture))).isNew).toBe(true);
        expect(await store.getAlert(id)).toMatchObject({ resolvedAt: 7 });
      }),
    );
    test(
      'the lists hold what the filters say, newest first, page by page',
      onEmptyStore(newPlace, async (store, fixture) => {
        const ids: string[] = [];
        for (let index = 0; index < 5; index += 1) {
          const target = `tgt_${index % 2}`;
          const { alert } = await store.raiseAlert(
            newAlert(fixture, { key: `${index}`, targetId: target, ruleId: `rul_${index}` }),
          );
          ids.unshift(alert.id);
          fixture.clock.advance(index % 2);
        }
        await store.resolveAlert(ids[0] ?? '', fixture.clock.now());
        const list = async (filter: Parameters<typeof store.listAlerts>[0]) =>
          (await store.listAlerts(filter, FIRST_PAGE)).items.map(({ id }) => id);
        expect(await list({})).toEqual(ids);
        expect(await list({ state: 'open' })).toEqual(ids.slice(1));
        expect(await list({ state: 'resolved' })).toEqual(ids.slice(0, 1));
        expect(await list({ targetId: ['tgt_1'] })).toEqual([ids[1], ids[3]]);
        expect(await list({ ruleId: ['rul_0', 'rul_4'], code: ['rule'] })).toEqual([
          ids[0],
          ids[4],
        ]);
        expect(await list({ severity: ['critical'] })).toEqual([]);
        const one = await store.listAlerts({}, { limit: 3, cursor: null });
        const two = await store.listAlerts({}, { limit: 3, cursor: one.nextCursor });
        expect([...one.items, ...two.items].map(({ id }) => id)).toEqual(ids);
        expect(two.nextCursor).toBeNull();
      }),
    );
    test(
      'the first who acknowledges an alert stands, with an audit entry',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { alert } = await store.raiseAlert(newAlert(fixture));
        const acknowledge = (by: string) =>
          store.acknowledgeAlert(alert.id, by, 9, fixture.audit({ subjectId: alert.id }));
        expect(await acknowledge('usr_a')).toMatchObject({
          acknowledgedAt: 9,
          acknowledgedBy: 'usr_a',
          resolvedAt: null,
        });
        await expect(acknowledge('usr_b')).rejects.toMatchObject({ code: 'conflict' });
        const nobody = store.acknowledgeAlert('alr_none', 'usr_a', 9, fixture.audit());
        await expect(nobody).rejects.toMatchObject({ code: 'not_found' });
        const audit = await store.listAudit({ subjectId: alert.id }, FIRST_PAGE);
        expect(audit.items).toHaveLength(1);
      }),
    );
    test(
      'the feed tells what is raised and what changes, and leaves the configuration alone',
      onEmptyStore(newPlace, async (store, fixture) => {
        const after = await store.changePosition();
        const revision = await store.resourceRevision();
        const { alert } = await store.raiseAlert(newAlert(fixture));
        await store.raiseAlert(newAlert(fixture));
        await store.acknowledgeAlert(alert.id, 'usr_a', 9, fixture.audit());
        await store.resolveAlert(alert.id, 10);
        const { changes } = await store.changes({ after, limit: 10, thin: false });
        expect(alertsIn(changes)).toEqual([
          ['alert.raised', alert.id],
          ['alert.updated', alert.id],
          ['alert.updated', alert.id],
        ]);
        expect(await store.resourceRevision()).toBe(revision);
      }),
    );
    test(
      'resolved alerts leave with retention, open ones stay',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { alert } = await store.raiseAlert(newAlert(fixture));
        const { alert: open } = await store.raiseAlert(newAlert(fixture, { key: 'other' }));
        const now = fixture.clock.now();
        await store.resolveAlert(alert.id, now);
        await store.prune(now + 1, now + 1, 10);
        expect(await store.getAlert(alert.id)).toBeNull();
        expect(await store.getAlert(open.id)).not.toBeNull();
      }),
    );
  });
  test(
    'of all processes one gets each turn, and no turn comes back',
    onEmptyStore(newPlace, async (store, fixture) => {
      const other = await fixture.open();
      const claims = await Promise.all(
        [store, other, store, other].map((one) => one.claimTurn('watch', 7)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.claimTurn('watch', 6)).toBe(false);
      expect(await other.claimTurn('watch', 8)).toBe(true);
      expect(await other.claimTurn('publish', 7)).toBe(true);
    }),
  );
}
