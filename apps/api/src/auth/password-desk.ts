import { GatewayError } from '../domain/errors.ts';
import { hashPassword } from './hash-password.ts';
import { verifyPassword } from './verify-password.ts';

export interface PasswordDesk {
  hash(password: string): Promise<string>;
  /** As `verifyPassword`. */
  verify(password: string, phc: string | null): Promise<boolean>;
}

const RETRY_AFTER_SECONDS = 2;

/**
 * Hashes and verifies at most `maxRunning` passwords at once, with at most `maxWaiting` in line: a flood of logins
 * takes neither all memory (19 MiB each) nor all worker threads. Rejects with `overloaded` past that.
 */
export function createPasswordDesk({ maxRunning = 2, maxWaiting = 50 } = {}): PasswordDesk {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running >= maxRunning) {
      if (waiting.length >= maxWaiting) {
        throw new GatewayError('overloaded', 'Too many people are signing in; try again shortly.', {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        });
      }
      // The one who leaves hands the place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => run(() => hashPassword(password)),
    verify: (password, phc) => run(() => verifyPassword(password, phc)),
  };
}
