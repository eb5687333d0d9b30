import type { ResourceKind } from '../domain/resources.ts';
import type { Store } from '../store/store.ts';
import { mapSealed } from './map-sealed.ts';
import { SEALED_KINDS } from './sealed-kinds.ts';
import type { Sealer } from './sealing.ts';

export interface SealedSurvey {
  /** How many secrets lie under each key, by its id. */
  byKey: Record<string, number>;
  /** Secrets that the loaded keys do not open. */
  unopenable: { kind: ResourceKind; id: string; keyId: string }[];
  /** Secrets under another key than the current one. */
  outdated: number;
}

/** Opens every sealed secret of the store, to know that the loaded keys are the right ones. */
export async function surveySealed(deps: {
  store: Pick<Store, 'loadResources'>;
  sealer: Sealer;
}): Promise<SealedSurvey> {
  const survey: SealedSurvey = { byKey: {}, unopenable: [], outdated: 0 };
  for (const kind of SEALED_KINDS) {
    for (const { id, body } of await deps.store.loadResources(kind)) {
      mapSealed(body, (sealed) => {
        survey.byKey[sealed.keyId] = (survey.byKey[sealed.keyId] ?? 0) + 1;
        if (deps.sealer.isOutdated(sealed)) survey.outdated += 1;
        try {
          deps.sealer.open(sealed);
        } catch {
          survey.unopenable.push({ kind, id, keyId: sealed.keyId });
        }
        return sealed;
      });
    }
  }
  return survey;
}
