import { createAccessTokens } from '../auth/access-tokens.ts';
import { createAuthenticator } from '../auth/authenticator.ts';
import { createPasswordDesk } from '../auth/password-desk.ts';
import type { Sealer } from '../auth/sealing.ts';
import type { SecurityReporter } from '../auth/security-event.ts';
import { createSessions } from '../auth/sessions.ts';
import { createSigningKeys } from '../auth/signing-keys.ts';
import { createSourceTokens } from '../auth/source-tokens.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Store } from '../store/store.ts';
import type { Base } from './base.ts';

/** Puts credentials together, and makes the first signing key where there is none. */
export async function wireAuth(
  base: Base,
  store: Store,
  catalog: Catalog,
  sealer: Sealer,
  report: SecurityReporter,
) {
  const { config, clock, ids } = base;
  const signingKeys = createSigningKeys({ store, catalog, sealer, clock, ids });
  await signingKeys.ensure();
  const issuer = config.publicUrl ?? 'signalbox';
  const accessTokens = createAccessTokens({ signingKeys, issuer, clock });
  const passwords = createPasswordDesk();
  return {
    signingKeys,
    authenticate: createAuthenticator({ accessTokens, signingKeys, catalog, clock, report }),
    sessions: createSessions({
      store,
      catalog,
      accessTokens,
      passwords,
      sealer,
      clock,
      ids,
      report,
    }),
    sourceTokens: createSourceTokens({ accessTokens, catalog, clock, report }),
    hashPassword: (password: string) => passwords.hash(password),
    reportSecurityEvent: report,
  };
}
