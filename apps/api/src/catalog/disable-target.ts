import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';

/**
 * Makes the function by which the gateway itself disables a target of a version, durably and for all processes; one that was deleted or
 * changed meanwhile is left as it is.
 */
export function createDisableTarget(deps: {
  store: Pick<Store, 'getResource' | 'updateResource'>;
  catalog: { refresh(): Promise<void> };
  clock: Clock;
  ids: IdFactory;
}): (targetId: string, targetVersion: number, reason: string) => Promise<void> {
  const { store, catalog, clock, ids } = deps;
  return async (targetId, targetVersion, reason) => {
    const target = await store.getResource('target', targetId);
    if (target?.version !== targetVersion || target.body.state === 'disabled') return;
    const at = clock.now();
    const { kind, id, name, version } = target;
    const body = { ...target.body, state: 'disabled', stateReason: reason } as const;
    const audit = {
      id: ids('aud'),
      at,
      actor: 'system',
      action: 'target.disabled',
      subjectId: id,
      address: null,
      before: { state: target.body.state },
      after: { state: body.state, stateReason: reason },
    };
    try {
      await store.updateResource({ kind, id, expectedVersion: version, name, body, at }, audit);
    } catch (error) {
      const isOutrun =
        error instanceof GatewayError &&
        (error.code === 'version_conflict' || error.code === 'not_found');
      if (!isOutrun) throw error;
    }
    await catalog.refresh();
  };
}
