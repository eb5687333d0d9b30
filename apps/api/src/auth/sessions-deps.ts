import type { Clock } from '../domain/clock.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Sealer } from './sealing.ts';
import type { PasswordDesk } from './password-desk.ts';
import type { SecurityReporter } from './security-event.ts';

/** What signing in and out works with. */
export interface SessionsDeps {
  store: Pick<
    Store,
    | 'findResourceByName'
    | 'getResource'
    | 'updateResource'
    | 'insertRefreshToken'
    | 'rotateRefreshToken'
    | 'revokeFamilyOf'
    | 'revokeSessionsOfUser'
    | 'countLoginFailure'
    | 'loginFailures'
    | 'clearLoginFailures'
  >;
  catalog: { refresh(): Promise<void> };
  accessTokens: Pick<AccessTokens, 'issueForUser'>;
  passwords: PasswordDesk;
  sealer: Pick<Sealer, 'seal' | 'open'>;
  clock: Clock;
  ids: IdFactory;
  report?: SecurityReporter;
}
