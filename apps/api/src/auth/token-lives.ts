/** How long credentials last, in milliseconds. */
export const USER_TOKEN_MS = 15 * 60_000;
export const SOURCE_TOKEN_MS = 60 * 60_000;
export const REFRESH_TOKEN_MS = 30 * 86_400_000;
/**
 * Two tabs that wake up together, or a page reloaded while it refreshes, send the same refresh token twice. Refusing the second
 * would sign an honest person out, so for this long a repeat gets the same successor as the first. What it costs: a thief who
 * is that quick is not noticed at once. But thief and victim then hold the same successor, and whoever spends it second, later
 * than this, is caught and the family revoked.
 */
export const REFRESH_GRACE_MS = 10_000;

/** A new signing key waits this long before it signs: every process has then learned it and can verify. */
export const KEY_LEARNING_MS = 10_000;
/** A retired key verifies this long: the longest life of a token, and a minute for clocks that differ. */
export const KEY_OVERLAP_MS = SOURCE_TOKEN_MS + 60_000;
