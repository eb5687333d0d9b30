import type { Resource, UserBody } from '../domain/resources.ts';
import { keepAnAdmin } from '../http/resources/keep-an-admin.ts';
import { updateResource } from '../http/resources/save-resource.ts';
import { showUser } from '../http/resources/show-user.ts';
import { COMMAND_LINE, type Tools } from './with-store.ts';

/**
 * Changes a user and says so in the audit log, by the rules of `PATCH /v1/users/{id}`: the last active admin stays one, and a new password
 * or being disabled ends every session.
 */
export async function changeUser(
  tools: Tools,
  user: Resource<'user'>,
  change: Partial<Pick<UserBody, 'role' | 'state' | 'passwordHash'>>,
): Promise<Resource<'user'>> {
  const body: UserBody = { ...user.body, ...change };
  if (body.role !== 'admin' || body.state !== 'active') await keepAnAdmin(tools, user);
  const endsSessions =
    change.passwordHash !== undefined ||
    (body.state === 'disabled' && user.body.state === 'active');
  if (endsSessions) body.tokensValidFrom = tools.clock.now();
  const action = change.passwordHash === undefined ? 'updated' : 'password_set';
  const changed = await updateResource(tools, COMMAND_LINE, showUser, user, { body, action });
  if (endsSessions) await tools.store.revokeSessionsOfUser(user.id);
  return changed;
}
