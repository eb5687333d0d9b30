import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Resource } from '../domain/resources.ts';
import type { Store } from '../store/store.ts';
import { mapSealed } from './map-sealed.ts';
import { SEALED_KINDS } from './sealed-kinds.ts';
import type { Sealer } from './sealing.ts';

type SealedResource = Resource<(typeof SEALED_KINDS)[number]>;

/**
 * Moves every secret that lies under an older key to the current one. Another change that comes at the same moment wins, and its
 * outcome is sealed again. Throws `internal` at the first secret that the loaded keys do not open; what was moved until then stays moved.
 * @returns how many secrets and records were moved
 */
export async function resealSecrets(deps: {
  store: Pick<Store, 'loadResources' | 'getResource' | 'updateResource'>;
  sealer: Sealer;
  clock: Clock;
  ids: IdFactory;
}): Promise<{ secrets: number; records: number }> {
  const { store, sealer, clock, ids } = deps;
  const moved = { secrets: 0, records: 0 };

  function sealAgain(resource: SealedResource): { body: SealedResource['body']; from: string[] } {
    const from: string[] = [];
    const body = mapSealed(resource.body, (sealed) => {
      if (!sealer.isOutdated(sealed)) return sealed;
      from.push(sealed.keyId);
      return sealer.seal(sealer.open(sealed));
    });
    return { body, from };
  }

  async function reseal(found: SealedResource): Promise<void> {
    const { kind, id } = found;
    let resource: SealedResource | null = found;
    while (resource) {
      const { name, version } = resource;
      const { body, from } = sealAgain(resource);
      if (from.length === 0) return;
      const at = clock.now();
      const change = { kind, id, expectedVersion: version, name, body, at };
      const who = { id: ids('aud'), at, actor: 'system', subjectId: id, address: null };
      const before = { sealingKeys: [...new Set(from)] };
      try {
        await store.updateResource(change, {
          ...who,
          action: `${kind}.resealed`,
          before,
          after: null,
        });
        moved.secrets += from.length;
        moved.records += 1;
        return;
      } catch (error) {
        if (!isOvertaken(error)) throw error;
        resource = await store.getResource(kind, id);
      }
    }
  }

  for (const kind of SEALED_KINDS) {
    for (const resource of await store.loadResources(kind)) await reseal(resource);
  }
  return moved;
}

function isOvertaken(error: unknown): boolean {
  return (
    error instanceof GatewayError &&
    (error.code === 'version_conflict' || error.code === 'not_found')
  );
}
