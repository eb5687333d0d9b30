import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { SessionStore } from '../store/store.ts';
import type { SecurityReporter } from './security-event.ts';
import { hashSecret } from './source-keys.ts';

const WINDOW_MS = 60 * 60_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Failures that are free within the window. People behind one address share its allowance. */
const FREE_FAILURES = { account: 5, address: 20 } as const;

export interface LockOut {
  /**
   * Says that a password for this account is about to be checked. Throws `locked_out` (with `retryAfterSeconds`) while the
   * account or the address has to wait. The try counts as failed at once, so that tries sent together cannot all slip through.
   */
  begin(account: string, address: string): Promise<Try>;
}

export interface Try {
  /** The password was wrong. */
  failed(): Promise<void>;
  /** The password was right: the account starts afresh. */
  succeeded(): Promise<void>;
}

/**
 * Slows guessing down, for all processes together: past the free failures each further one must wait twice as long as the
 * one before (30 s to 15 min), and tries made while waiting are refused unread. A wait never grows without bound, so that
 * nobody can shut a colleague out for good.
 */
export function createLockOut(deps: {
  store: Pick<SessionStore, 'countLoginFailure' | 'loginFailures' | 'clearLoginFailures'>;
  clock: Clock;
  report?: SecurityReporter;
}): LockOut {
  const { store, clock, report } = deps;

  async function check(key: string, free: number): Promise<{ count: number; waitMs: number }> {
    const { count, lastAt } = await store.loginFailures(key, clock.now(), WINDOW_MS);
    return { count, waitMs: lastAt + waitAfter(count, free) - clock.now() };
  }

  function refuse(waitMs: number, address: string): GatewayError {
    report?.({ code: 'login_locked_out', subjectId: null, address });
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
    return new GatewayError(
      'locked_out',
      `Too many failed sign-ins; try again in ${retryAfterSeconds} seconds.`,
      { retryAfterSeconds },
    );
  }

  return {
    async begin(account, address) {
      const accountKey = `account:${hashSecret(account)}`;
      const addressKey = `address:${networkOf(address)}`;
      const [ofAccount, ofAddress] = await Promise.all([
        check(accountKey, FREE_FAILURES.account),
        check(addressKey, FREE_FAILURES.address),
      ]);
      const waitMs = Math.max(ofAccount.waitMs, ofAddress.waitMs);
      if (waitMs > 0) throw refuse(waitMs, address);

      const count = await store.countLoginFailure(accountKey, clock.now(), WINDOW_MS);
      // Others came in between: past the free ones, only the first of them may go on.
      const overtaken = count - 1 > ofAccount.count;
      if (overtaken && count > FREE_FAILURES.account) {
        throw refuse(waitAfter(count, FREE_FAILURES.account), address);
      }
      return {
        async failed() {
          await store.countLoginFailure(addressKey, clock.now(), WINDOW_MS);
          report?.({ code: 'login_failed', subjectId: null, address });
        },
        succeeded: () => store.clearLoginFailures(accountKey),
      };
    },
  };
}

function waitAfter(failures: number, free: number): number {
  if (failures < free) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - free, 20), LONGEST_WAIT_MS);
}

/** One household or server holds a whole IPv6 /64, so it counts as one address. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}
