import type { Clock } from '../../domain/clock.ts';
import type { IdFactory } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { DEFAULT_RULES } from './default-rules.ts';

/** Stores the rules that a gateway begins with, at its very first start. */
export async function insertDefaultRules({
  store,
  clock,
  ids,
}: {
  store: Pick<Store, 'insertResource'>;
  clock: Clock;
  ids: IdFactory;
}): Promise<void> {
  for (const body of DEFAULT_RULES) {
    const at = clock.now();
    const id = ids('rul');
    await store.insertResource(
      {
        kind: 'alert-rule',
        id,
        name: body.name,
        parentId: null,
        version: 1,
        body,
        createdAt: at,
        updatedAt: at,
      },
      {
        id: ids('aud'),
        at,
        actor: 'system',
        action: 'alert-rule.created',
        subjectId: id,
        address: null,
        before: null,
        after: body,
      },
    );
  }
}
