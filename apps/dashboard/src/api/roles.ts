import type { CurrentUser } from '@signalbox/api/contract';
import { useSelector } from 'react-redux';
import type { ApiState } from './store-types.ts';

type Role = CurrentUser['role'];
const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };

/** Why a role may not do what needs `needed`; null when it may. */
function refusalFor(role: Role | null, needed: Role): string | null {
  if (role !== null && RANK[role] >= RANK[needed]) return null;
  return `Needs the role ${needed}; you are ${role === null ? 'signed out' : `${role === 'viewer' ? 'a' : 'an'} ${role}`}.`;
}

/** The reason why the person who is signed in may not do what needs `needed`, or null. */
export function useRefusal(needed: Role): string | null {
  const role = useSelector((state: ApiState) =>
    state.session.status === 'signed-in' ? state.session.user.role : null,
  );
  return refusalFor(role, needed);
}
