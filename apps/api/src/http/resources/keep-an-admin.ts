import { GatewayError } from '../../domain/errors.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** Rejects with `conflict` when this user is the only active admin: nobody could make another one. */
export async function keepAnAdmin(
  services: Pick<Services, 'store'>,
  user: Resource<'user'>,
): Promise<void> {
  if (!isActiveAdmin(user)) return;
  const users = await services.store.loadResources('user');
  if (users.some((other) => other.id !== user.id && isActiveAdmin(other))) return;
  throw new GatewayError('conflict', 'This is the only active admin; make another admin first.');
}

function isActiveAdmin({ body }: Resource<'user'>): boolean {
  return body.role === 'admin' && body.state === 'active';
}
