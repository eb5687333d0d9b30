/** What came of asking for an access token. */
export type TokenOutcome =
  | {
      outcome: 'token';
      token: string;
      /** How long the endpoint says it is good for; null when it does not say. */
      lifeMs: number | null;
    }
  | {
      outcome: 'failed';
      errorKind: 'target_auth' | 'forbidden_address';
      error: string;
      /** Asking again with the same settings would not help. */
      isFinal: boolean;
      retryAfterMs: number | null;
    };

export type TokenFailure = Extract<TokenOutcome, { outcome: 'failed' }>;

/** A failure to get a token, which a later try may mend unless it is said to be final. */
export function tokenFailure(
  error: string,
  more: Partial<Pick<TokenFailure, 'errorKind' | 'isFinal' | 'retryAfterMs'>> = {},
): TokenFailure {
  return {
    outcome: 'failed',
    errorKind: 'target_auth',
    error,
    isFinal: false,
    retryAfterMs: null,
    ...more,
  };
}
