import { ROLES, type Role } from '../domain/resources.ts';
import { CommandError } from './command.ts';

/** A role by its word. Throws `usage` for any other word. */
export function readRole(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role) return role;
  throw new CommandError(
    'usage',
    `"${text}" is not a role; it must be one of ${ROLES.join(', ')}.`,
  );
}
