import { createSealer } from '../../auth/sealing.ts';
import { surveySealed } from '../../auth/survey-sealed.ts';
import type { Config } from '../../config.ts';
import type { Store } from '../../store/store.ts';
import { readSealingKeys } from '../read-sealing-keys.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

/** Whether the sealing keys open every secret, and whether anybody can administer the gateway. */
export async function checkStoreContents(
  config: Config,
  store: Pick<Store, 'loadResources'>,
): Promise<Finding[]> {
  return [await checkSealing(config, store), await checkAdmins(store)];
}

async function checkSealing(config: Config, store: Pick<Store, 'loadResources'>): Promise<Finding> {
  let keys;
  try {
    keys = readSealingKeys(config);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(
      'sealing keys',
      reason,
      'Put the keys back that the gateway ran with; a backup of the store does not hold them.',
    );
  }
  const { byKey, unopenable, outdated } = await surveySealed({ store, sealer: createSealer(keys) });
  const total = Object.values(byKey).reduce((sum, count) => sum + count, 0);
  if (unopenable.length > 0) {
    const missing = [...new Set(unopenable.map(({ keyId }) => keyId))].join(', ');
    return failed(
      'sealing keys',
      `${unopenable.length} of ${total} secrets cannot be opened; they lie under the key ${missing}`,
      'Add that key to SEALING_KEYS behind the current one.',
    );
  }
  if (outdated > 0) {
    return warning(
      'sealing keys',
      `all ${total} secrets open, ${outdated} of them under an older key`,
      'Move them to the current key: signalbox keys reseal.',
    );
  }
  return ok('sealing keys', `all ${total} secrets open under the key ${keys.currentKeyId}`);
}

async function checkAdmins(store: Pick<Store, 'loadResources'>): Promise<Finding> {
  const users = await store.loadResources('user');
  const admins = users.filter(({ body }) => body.role === 'admin' && body.state === 'active');
  if (users.length === 0) {
    return warning(
      'admins',
      'there is no user yet',
      'The first start makes an admin and shows the password once.',
    );
  }
  if (admins.length > 0) return ok('admins', `${admins.length} of ${users.length} users`);
  return failed(
    'admins',
    'no user is an active admin',
    'Make one: signalbox user add EMAIL --role admin.',
  );
}
