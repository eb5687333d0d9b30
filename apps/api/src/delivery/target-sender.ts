import type { Clock } from '../domain/clock.ts';
import { createAccessTokens } from './access-tokens.ts';
import type { Resolve } from './guarded-lookup.ts';
import { createRequestToken } from './request-token.ts';
import { createSendAuthorized } from './send-authorized.ts';
import { createSender, type Sender } from './send.ts';

/**
 * The HTTP client of deliveries, which gets access tokens for the targets that want them.
 * @param allowCidrs networks that may be reached although they are not public
 * @param version of the gateway, for `User-Agent`
 */
export function createTargetSender(deps: {
  clock: Clock;
  resolve: Resolve;
  allowCidrs: readonly string[];
  version: string;
}): Sender {
  const { clock } = deps;
  const sender = createSender(deps);
  const userAgent = `Signalbox/${deps.version}`;
  const requestToken = createRequestToken({ send: sender.send, userAgent });
  const tokens = createAccessTokens({ requestToken, clock });
  return { ...sender, send: createSendAuthorized({ send: sender.send, tokens, clock }) };
}
