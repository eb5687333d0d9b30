import type { ErrorKind } from '../domain/delivery.ts';

const UNTRUSTED = "The target's certificate does not come from a CA that is trusted; give its CA.";
const REFUSED = 'The target refuses the client certificate';

/** What codes of OpenSSL and Node mean for whoever set the target up; the first that fits. */
const EXPLANATIONS: readonly [RegExp, string][] = [
  [
    /ALERT_(CERTIFICATE|CERT)_REQUIRED|PEER_DID_NOT_RETURN/,
    'The target asks for a client certificate.',
  ],
  [/ALERT_(CERTIFICATE|CERT)_EXPIRED/, `${REFUSED}: it has expired.`],
  [/ALERT_(CERTIFICATE|CERT)_REVOKED/, `${REFUSED}: it was revoked.`],
  [/ALERT_UNKNOWN_CA/, `${REFUSED}: it does not know its CA.`],
  [/ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERT|CERTIFICATE_|CERT_|ACCESS_DENIED)/, `${REFUSED}.`],
  [
    /ALERT_HANDSHAKE_FAILURE/,
    'The target broke the handshake off: no common version or cipher, or it wants a client certificate.',
  ],
  [/^(DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(VERIFY_LEAF|GET_ISSUER))/, UNTRUSTED],
  [/^CERT_HAS_EXPIRED/, "The target's certificate has expired."],
  [/^CERT_NOT_YET_VALID/, "The target's certificate is not valid yet."],
  [
    /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)/,
    "The target's certificate is for another name.",
  ],
  [/WRONG_VERSION_NUMBER|HTTP_REQUEST/, 'What answers there does not speak TLS.'],
];

/**
 * An error of a connection for a person to read: what it means, then its own words.
 * @param showsCertificate whether the connection carries a client certificate
 */
export function explainError(
  error: Error & { code?: unknown },
  errorKind: ErrorKind,
  showsCertificate: boolean,
): string {
  const code = typeof error.code === 'string' ? error.code : '';
  // Some servers end the connection after the handshake instead of saying what is wrong with the certificate.
  if (errorKind === 'connection_reset' && showsCertificate)
    return `${error.message} (The target may not accept the client certificate.)`;
  if (errorKind !== 'tls') return error.message;
  const meaning = EXPLANATIONS.find(([codes]) => codes.test(code))?.[1];
  return meaning === undefined ? error.message : `${meaning} (${error.message.trim()})`;
}
