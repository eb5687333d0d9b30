/** How long credentials last, in milliseconds. */
export const USER_TOKEN_MS = 15 * 60_000;
export const SOURCE_TOKEN_MS = 60 * 60_000;
export const REFRESH_TOKEN_MS = 30 * 86_400_000;

/** A new signing key waits this long before it signs: every process has then learned it and can verify. */
export const KEY_LEARNING_MS = 10_000;
/** A retired key verifies this long: the longest life of a token, and a minute for clocks that differ. */
export const KEY_OVERLAP_MS = SOURCE_TOKEN_MS + 60_000;
