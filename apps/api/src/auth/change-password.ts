import { GatewayError } from '../domain/errors.ts';
import type { Resource } from '../domain/resources.ts';
import type { LockOut } from './lock-out.ts';
import { normalizeEmail } from './normalize-email.ts';
import type { SessionsDeps } from './sessions-deps.ts';

/**
 * Stores a new password and ends every session of the user: access tokens issued before are refused from now on.
 * Guessing the current password counts like a failed sign-in. Answers the changed user.
 */
export async function changePassword(
  deps: SessionsDeps,
  lockOut: LockOut,
  userId: string,
  { current, next }: { current: string; next: string },
  address: string,
): Promise<Resource<'user'>> {
  const { store, catalog, passwords, clock, ids } = deps;
  const user = await store.getResource('user', userId);
  if (!user) throw new GatewayError('not_found', 'This user does not exist any more.');
  const attempt = await lockOut.begin(normalizeEmail(user.body.email), address);
  if (!(await passwords.verify(current, user.body.passwordHash))) {
    await attempt.failed();
    throw refuse('/currentPassword', 'The current password is wrong.');
  }
  await attempt.succeeded();
  if (current === next) throw refuse('/newPassword', 'The new password must differ.');

  const at = clock.now();
  const passwordHash = await passwords.hash(next);
  const changed = await store.updateResource(
    {
      kind: 'user',
      id: user.id,
      expectedVersion: user.version,
      name: user.name,
      body: { ...user.body, passwordHash, tokensValidFrom: at },
      at,
    },
    {
      id: ids('aud'),
      at,
      actor: user.id,
      action: 'user.password_changed',
      subjectId: user.id,
      address,
      before: null,
      after: null,
    },
  );
  await store.revokeSessionsOfUser(user.id);
  await catalog.refresh();
  return changed;
}

function refuse(pointer: string, detail: string): GatewayError {
  return new GatewayError('invalid_request', detail, {
    faults: [{ pointer, code: 'invalid_password', detail }],
  });
}
