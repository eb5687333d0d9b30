/** What operators count and are alarmed on. The codes are stable: log queries, metrics and alarms name them. */
export const SECURITY_CODES = [
  'login_failed',
  'login_locked_out',
  'refresh_token_reused',
  'invalid_token',
  'unknown_source_key',
  'revoked_credential_used',
  /** A third party's webhook whose signature is wrong or missing. */
  'invalid_signature',
  /** A target's address that may not be reached, when it was saved or when it was connected to. */
  'forbidden_address',
] as const;
export type SecurityCode = (typeof SECURITY_CODES)[number];

export interface SecurityEvent {
  code: SecurityCode;
  /** The user, source, target or key it is about, where one is known. */
  subjectId: string | null;
  /** Client address, where the caller knows it. */
  address: string | null;
}

/** Takes security events; the composition root logs and counts them. */
export type SecurityReporter = (event: SecurityEvent) => void;
