import type { User } from '../../contract/auth.ts';
import { toWireTime } from '../../contract/from-domain.ts';
import type { Resource } from '../../domain/resources.ts';

/** A user as answers show it, without the password's hash. */
export function showUser({ id, body, createdAt, updatedAt }: Resource<'user'>): User {
  const { email, name, role, state } = body;
  return {
    id,
    email,
    name,
    role,
    state,
    createdAt: toWireTime(createdAt),
    updatedAt: toWireTime(updatedAt),
  };
}
