import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { classifyAddress, isForbidden, isInCidrs } from './guard.ts';

/** All addresses of a host name; rejects with a DNS error. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const resolveBySystem: Resolve = (hostname) =>
  systemLookup(hostname, { all: true, order: 'verbatim' });

/** The address of a target or of a token endpoint may not be reached. */
class ForbiddenAddressError extends Error {
  readonly code = 'forbidden_address';
}

/**
 * Throws `ForbiddenAddressError` when `address` is forbidden; over plain `http`, when it is not in `allowCidrs` either.
 */
export function assertAllowed(
  address: string,
  rules: { allowCidrs: readonly string[]; isPlain: boolean },
): void {
  if (isForbidden(address, rules.allowCidrs))
    throw new ForbiddenAddressError(
      `The address ${address} is ${classifyAddress(address).replaceAll('_', ' ')} and may not be reached.`,
    );
  if (rules.isPlain && !isInCidrs(address, rules.allowCidrs))
    throw new ForbiddenAddressError(`The address ${address} may be reached over https only.`);
}

/**
 * A `lookup` for sockets: resolves once, checks every address, and hands the socket only what was checked, so that a name that
 * changes its answer afterwards gains nothing. One forbidden address refuses the whole name.
 */
export function createGuardedLookup(
  resolve: Resolve,
  rules: { allowCidrs: readonly string[]; isPlain: boolean },
): LookupFunction {
  return (hostname, options, callback) => {
    void resolve(hostname).then(
      (addresses) => {
        let first: LookupAddress | undefined;
        try {
          for (const { address } of addresses) assertAllowed(address, rules);
          first = addresses[0];
          if (!first)
            throw Object.assign(new Error(`${hostname} has no address.`), { code: 'ENOTFOUND' });
        } catch (error) {
          callback(error as Error, '');
          return;
        }
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as Error, ''),
    );
  };
}
