import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';
import { hashPassword } from './hash-password.ts';
import { makeReadablePassword } from './make-readable-password.ts';
import { normalizeEmail } from './normalize-email.ts';

const DEFAULT_ADMIN_EMAIL = 'admin@signalbox.local';

export interface FirstAdmin {
  /** False when there are users already, or another process was first. */
  created: boolean;
  email: string;
  /** To be shown once; null when the password was given or nothing was created. */
  oneTimePassword: string | null;
}

/** Makes the first user, an admin, while there is none. Of two processes that start at once, one makes it. */
export async function ensureFirstAdmin(
  deps: { store: Pick<Store, 'loadResources' | 'insertResource'>; clock: Clock; ids: IdFactory },
  settings: { email?: string | null; password?: string | null },
): Promise<FirstAdmin> {
  const { store, clock, ids } = deps;
  const email = normalizeEmail(settings.email ?? DEFAULT_ADMIN_EMAIL);
  const nothing = { created: false, email, oneTimePassword: null };
  const users = await store.loadResources('user');
  if (users.length > 0) return nothing;

  const oneTimePassword = settings.password ? null : makeReadablePassword();
  const at = clock.now();
  const id = ids('usr');
  const body = {
    email,
    name: 'Admin',
    role: 'admin',
    passwordHash: await hashPassword(settings.password ?? oneTimePassword ?? ''),
    state: 'active',
    tokensValidFrom: 0,
  } as const;
  const common = { kind: 'user', id, name: email, parentId: null, version: 1 } as const;
  const after = { email, name: body.name, role: body.role, state: body.state };
  try {
    await store.insertResource(
      { ...common, body, createdAt: at, updatedAt: at },
      {
        id: ids('aud'),
        at,
        actor: 'system',
        action: 'user.created',
        subjectId: id,
        address: null,
        before: null,
        after,
      },
    );
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'name_taken') return nothing;
    throw error;
  }
  return { created: true, email, oneTimePassword };
}
