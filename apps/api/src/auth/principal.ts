import type { Role } from '../domain/resources.ts';

/** Who is asking. */
export type Principal = UserPrincipal | SourcePrincipal;

export interface UserPrincipal {
  kind: 'user';
  /** `usr_…` */
  id: string;
  role: Role;
  email: string;
  name: string;
}

export interface SourcePrincipal {
  kind: 'source';
  /** `src_…` */
  id: string;
  /** `key_…`: the source key that was shown, or that the shown token was bought with. */
  keyId: string | null;
}
