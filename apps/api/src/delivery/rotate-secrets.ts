import type { SigningSecret } from '../domain/resources.ts';

const OVERLAP_MS = 24 * 60 * 60 * 1000;
const MOST_SECRETS = 3;

/**
 * The secrets of a target after a rotation at `now` (ms), newest first: `fresh`, then the older ones, which go on signing for at most
 * 24 h more. Expired ones leave, and never more than three remain.
 */
export function rotateSecrets(
  secrets: readonly SigningSecret[],
  fresh: SigningSecret,
  now: number,
): SigningSecret[] {
  const older = activeSecrets(secrets, now).map((secret) => ({
    ...secret,
    expiresAt: Math.min(secret.expiresAt ?? Infinity, now + OVERLAP_MS),
  }));
  return [{ ...fresh, expiresAt: null }, ...older].slice(0, MOST_SECRETS);
}

/** The secrets that sign at `now` (ms), newest first, at most three. */
export function activeSecrets(secrets: readonly SigningSecret[], now: number): SigningSecret[] {
  return secrets
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .slice(0, MOST_SECRETS);
}
