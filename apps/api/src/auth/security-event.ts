/** What operators count and are alarmed on. The codes are stable: log queries and alarms name them. */
export interface SecurityEvent {
  code:
    | 'login_failed'
    | 'login_locked_out'
    | 'refresh_token_reused'
    | 'invalid_token'
    | 'unknown_source_key'
    | 'revoked_credential_used';
  /** The user, source or key it is about, where one is known. */
  subjectId: string | null;
  /** Client address, where the caller knows it. */
  address: string | null;
}

/** Takes security events; the composition root logs and counts them. */
export type SecurityReporter = (event: SecurityEvent) => void;
