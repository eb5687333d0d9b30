import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../domain/clock.ts';
import { FakeClock } from '../../domain/fake-clock.ts';
import { createIdFactory } from '../../domain/ids.ts';
import type { AlertRuleBody } from '../../domain/resources.ts';
import type { Store } from '../../store/store.ts';
import { createAlertDesk } from '../alerts/alert-desk.ts';
import { createWorkload } from '../fixture-for-tests.ts';
import type { LaneView } from '../lane-view.ts';

const START = Date.UTC(2026, 0, 5, 10, 0, 0);

type OpenStore = (options: {
  file: string;
  clock: Clock;
  process: { id: string; pid: number; host: string };
}) => Promise<Store>;

export type AlertBench = Awaited<ReturnType<typeof openAlertBench>>;

/** What alerts are evaluated with: a store in a folder of its own, a clock that stands still, two targets, and what was told. `openStore` opens the engine. */
export async function openAlertBench(openStore: OpenStore) {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-alerts-'));
  const clock = new FakeClock(START);
  const ids = createIdFactory(() => clock.now());
  const told: string[] = [];
  const around = { lanes: [] as LaneView[], securityEvents: 0 };
  const targets = new Map<
    string,
    { updatedAt: number; body: { name: string; state: 'active' | 'disabled' } }
  >([
    ['tgt_a', { updatedAt: START, body: { name: 'billing', state: 'active' } }],
    ['tgt_b', { updatedAt: START, body: { name: 'mail', state: 'active' } }],
  ]);
  const store = await open('prc_1');
  const work = createWorkload(store, clock);

  function open(id: string): Promise<Store> {
    const file = join(folder, 'a.db');
    return openStore({ file, clock, process: { id, pid: process.pid, host: 'test' } });
  }

  function deskOf(of: Pick<Store, 'raiseAlert' | 'resolveAlert'>) {
    return createAlertDesk({
      store: of,
      clock,
      ids,
      onRaised: ({ title }) => told.push(`raised ${title}`),
      onResolved: ({ title }) => told.push(`resolved ${title}`),
      onError,
    });
  }

  function onError(error: unknown): void {
    told.push(`failed ${String(error)}`);
  }

  async function addRule(changes: Partial<AlertRuleBody>): Promise<string> {
    const id = ids('rul');
    const body: AlertRuleBody = {
      name: 'rule',
      measure: 'deadLetters',
      scope: { kind: 'all' },
      threshold: 0,
      windowMinutes: 15,
      severity: 'warning',
      state: 'active',
      ...changes,
    };
    const at = clock.now();
    const name = `${body.name} ${id}`;
    const resource = { kind: 'alert-rule' as const, id, name, parentId: null };
    const by = { actor: 'system', action: 'x', subjectId: id, address: null };
    await store.insertResource(
      { ...resource, version: 1, body, createdAt: at, updatedAt: at },
      { id: ids('aud'), at, ...by, before: null, after: null },
    );
    return id;
  }

  /** Attempts at a target, each of an event of its own. */
  async function attempt(
    targetId: string,
    statusCodes: readonly number[],
    tookMs = 5,
  ): Promise<void> {
    for (const statusCode of statusCodes) {
      const claims = await work.accept({}, targetId);
      clock.advance(tookMs);
      for (const claim of claims) await work.settle(claim, statusCode);
    }
  }

  return {
    clock,
    store,
    work,
    ids,
    told,
    /** Lanes and security events, as the tests set them. */
    around,
    targets,
    /** One more process on the same store. */
    open,
    deskOf,
    depsOf: (of: Store = store) => ({
      store: of,
      clock: clock as Clock,
      desk: deskOf(of),
      lanes: () => around.lanes,
      securityEvents: () => around.securityEvents,
      target: (id: string) => targets.get(id),
      names: {
        targetIds: () => [...targets.keys()],
        target: (id: string) => targets.get(id)?.body.name ?? null,
        source: (id: string) => (id === 'src_1' ? 'shop' : null),
      },
      onError,
    }),
    addRule,
    attempt,
    async close(): Promise<void> {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
