import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Alert } from '../../domain/alert.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { askedClock } from '../testing/asked-clock.ts';
import { openAlertBench, type AlertBench } from '../testing/open-alert-bench.ts';
import { builtInAlert } from './built-in-alert.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { ALERT_EVERY_MS, startAlertWatch } from './start-alert-watch.ts';

const MINUTE_MS = 60_000;

let bench: AlertBench;
let { store, clock, work, ids, told, around, targets, deskOf, depsOf, addRule, attempt } =
  {} as AlertBench;

beforeEach(async () => {
  bench = await openAlertBench(openSqliteStore);
  ({ store, clock, work, ids, told, around, targets, deskOf, depsOf, addRule, attempt } = bench);
});
afterEach(() => bench.close());

async function evaluate(): Promise<Alert[]> {
  const rules = (await store.loadResources('alert-rule')).filter(
    ({ body }) => body.state === 'active',
  );
  await evaluateAlerts(depsOf(), rules, await store.openAlerts());
  return store.openAlerts();
}

const times = (count: number, statusCode: number) =>
  Array.from({ length: count }, () => statusCode);

describe('a rule is raised when its measure passes the threshold, and resolved when it no longer does', () => {
  test('failed attempts of each target, where there were enough of them', async () => {
    const ruleId = await addRule({
      name: 'fails',
      measure: 'failureRatePercent',
      scope: { kind: 'each-target' },
      threshold: 50,
    });
    await attempt('tgt_a', [...times(8, 503), ...times(4, 200)]);
    await attempt('tgt_b', times(9, 503));
    expect(await evaluate()).toMatchObject([
      {
        code: 'rule',
        ruleId,
        targetId: 'tgt_a',
        title: 'fails: billing',
        detail: 'Failed attempts: 66.67 % over 15 min, above 50 %.',
        threshold: 50,
        occurrences: 1,
      },
    ]);
    await evaluate();
    await attempt('tgt_a', times(20, 200));
    expect(await evaluate()).toEqual([]);
    expect(told).toEqual(['raised fails: billing', 'resolved fails: billing']);
    clock.advance(20 * MINUTE_MS);
    await attempt('tgt_b', times(12, 503));
    expect(await evaluate()).toMatchObject([{ title: 'fails: mail' }]);
    clock.advance(20 * MINUTE_MS);
    expect(await evaluate()).toEqual([]);
  });

  test('dead letters, all together or of one target', async () => {
    await addRule({ name: 'all', threshold: 2 });
    await addRule({ name: 'one', scope: { kind: 'target', targetId: 'tgt_b' }, threshold: 0 });
    await attempt('tgt_a', times(2, 422));
    expect(await evaluate()).toEqual([]);
    await attempt('tgt_a', [422]);
    expect((await evaluate()).map(({ title, value }) => [title, value])).toEqual([['all', 3]]);
    await attempt('tgt_b', [422]);
    expect((await evaluate()).map(({ title }) => title)).toEqual(['all', 'one: mail']);
  });

  test('the backlog by its size and by its age', async () => {
    await addRule({ name: 'size', measure: 'backlogDeliveries', threshold: 1 });
    await addRule({ name: 'age', measure: 'backlogAgeSeconds', threshold: 600 });
    const claims = [...(await work.accept({}, 'tgt_a')), ...(await work.accept({}, 'tgt_a'))];
    expect((await evaluate()).map(({ title }) => title)).toEqual(['size']);
    clock.advance(601_000);
    expect((await evaluate()).map(({ title, value }) => [title, value])).toEqual([
      ['size', 2],
      ['age', 601],
    ]);
    for (const claim of claims) await work.settle(claim, 200);
    expect(await evaluate()).toEqual([]);
  });

  test('p99 from acceptance to success', async () => {
    await addRule({ name: 'slow', measure: 'latencyP99Ms', threshold: 1000 });
    await attempt('tgt_a', times(3, 200), 100);
    expect(await evaluate()).toEqual([]);
    await attempt('tgt_a', times(3, 200), 5000);
    const [alert] = await evaluate();
    expect(alert?.value).toBeGreaterThan(4500);
  });

  test('too few events of a source, over whole minutes', async () => {
    await addRule({
      name: 'quiet',
      measure: 'eventsPerMinute',
      scope: { kind: 'source', sourceId: 'src_1' },
      threshold: 1,
      windowMinutes: 2,
    });
    for (let count = 0; count < 2; count += 1) await work.accept({ sourceId: 'src_1' });
    await work.accept({ sourceId: 'src_2' });
    clock.advance(MINUTE_MS);
    expect(await evaluate()).toEqual([]);
    clock.advance(2 * MINUTE_MS);
    expect(await evaluate()).toMatchObject([
      {
        title: 'quiet: shop',
        value: 0,
        sourceId: 'src_1',
        detail: 'Accepted events a minute: 0 over 2 min, below 1.',
      },
    ]);
  });

  test('security events', async () => {
    await addRule({ name: 'attack', measure: 'securityEvents', threshold: 10 });
    around.securityEvents = 11;
    expect(await evaluate()).toMatchObject([{ title: 'attack', value: 11 }]);
    around.securityEvents = 10;
    expect(await evaluate()).toEqual([]);
  });

  test('an open alert ends with its rule or with what it is about', async () => {
    const ruleId = await addRule({ scope: { kind: 'target', targetId: 'tgt_a' } });
    await addRule({ scope: { kind: 'each-target' } });
    await attempt('tgt_a', [422]);
    expect(await evaluate()).toHaveLength(2);
    const audit = { id: ids('aud'), at: 0, actor: 'system', action: 'x', subjectId: ruleId };
    await store.deleteResource(
      { kind: 'alert-rule', id: ruleId, expectedVersion: null },
      { ...audit, address: null, before: null, after: null },
    );
    expect(await evaluate()).toHaveLength(1);
    targets.delete('tgt_a');
    expect(await evaluate()).toEqual([]);
  });
});

describe('without any rule', () => {
  test('an open breaker is an alert until it closes', async () => {
    around.lanes = [{ targetId: 'tgt_a', breaker: 'open', inFlight: 0 }];
    expect(await evaluate()).toMatchObject([{ code: 'breaker_open', targetId: 'tgt_a' }]);
    around.lanes = [{ targetId: 'tgt_a', breaker: 'half-open', inFlight: 1 }];
    expect(await evaluate()).toHaveLength(1);
    around.lanes = [];
    expect(await evaluate()).toEqual([]);
  });

  test('a target that was disabled is an alert until somebody enables it', async () => {
    await deskOf(store).raise(builtInAlert('target_gone', '410', { targetId: 'tgt_a', name: 'x' }));
    expect(await evaluate()).toHaveLength(1);
    targets.set('tgt_a', { updatedAt: 0, body: { name: 'billing', state: 'disabled' } });
    clock.advance(10 * MINUTE_MS);
    expect(await evaluate()).toHaveLength(1);
    targets.set('tgt_a', { updatedAt: 0, body: { name: 'billing', state: 'active' } });
    expect(await evaluate()).toEqual([]);
  });

  test('a forbidden address is an alert until the target is changed, or for an hour', async () => {
    const raise = () =>
      deskOf(store).raise(builtInAlert('forbidden_address', '', { targetId: 'tgt_a', name: 'x' }));
    await raise();
    clock.advance(59 * MINUTE_MS);
    expect(await evaluate()).toHaveLength(1);
    targets.set('tgt_a', { updatedAt: clock.now(), body: { name: 'billing', state: 'active' } });
    expect(await evaluate()).toEqual([]);
    await raise();
    clock.advance(61 * MINUTE_MS);
    expect(await evaluate()).toEqual([]);
  });
});

test('what the store did not take is raised as soon as it does, and repeats are written once a minute', async () => {
  let isAway = true;
  let writes = 0;
  const desk = deskOf({
    raiseAlert(alert) {
      writes += 1;
      return isAway ? Promise.reject(new Error('away')) : store.raiseAlert(alert);
    },
    resolveAlert: (id, at) => store.resolveAlert(id, at),
  });
  const alert = builtInAlert('forbidden_address', 'x', { targetId: 'tgt_a', name: 'billing' });
  desk.report(alert);
  desk.report(alert);
  await expect(desk.flush()).rejects.toThrow('away');
  isAway = false;
  await desk.flush();
  await desk.flush();
  expect(await store.openAlerts()).toMatchObject([{ code: 'forbidden_address', occurrences: 1 }]);
  expect(writes).toBe(3);
});

describe('the watch', () => {
  /** Moves on to the next look and waits until every process has taken it. */
  async function look(watches: readonly { looked: () => Promise<void> }[]): Promise<void> {
    const looks = watches.map((watch) => watch.looked());
    clock.advance(ALERT_EVERY_MS);
    await Promise.all(looks);
  }

  /** A process that tells when it has evaluated, or found nothing to evaluate. */
  function watchOf(of: Store) {
    let evaluations = 0;
    let done = () => {};
    const counted: Store = {
      ...of,
      async claimTurn(name, turn) {
        const isOurs = await of.claimTurn(name, turn);
        if (name === 'alerts' && isOurs) evaluations += 1;
        return isOurs;
      },
    };
    const watch = startAlertWatch({
      ...depsOf(counted),
      store: counted,
      clock: askedClock(clock, () => done()),
      desk: deskOf(counted),
    });
    return {
      ...watch,
      evaluations: () => evaluations,
      looked: () => new Promise<void>((resolve) => (done = resolve)),
    };
  }

  test('evaluates in one of all processes each time, and not at all while nothing happens', async () => {
    const other = await bench.open('prc_2');
    await addRule({ name: 'dead' });
    const watches = [watchOf(store), watchOf(other)];
    const count = () => watches.reduce((sum, watch) => sum + watch.evaluations(), 0);
    await look(watches);
    await look(watches);
    expect(count()).toBe(0);
    await attempt('tgt_a', [422]);
    await look(watches);
    expect(count()).toBe(1);
    expect(told).toEqual(['raised dead']);
    await look(watches);
    await look(watches);
    expect(count()).toBe(3);
    expect(told).toEqual(['raised dead']);
    for (const watch of watches) await watch.stop();
    await other.close();
  });
});
