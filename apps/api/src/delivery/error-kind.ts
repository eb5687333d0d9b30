import type { ErrorKind } from '../domain/delivery.ts';

const KINDS: Readonly<Record<string, ErrorKind>> = {
  forbidden_address: 'forbidden_address',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  ETIMEDOUT: 'connect_timeout',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'connection_refused',
  ENETUNREACH: 'connection_refused',
  EADDRNOTAVAIL: 'connection_refused',
  ECONNRESET: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  EPIPE: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  EPROTO: 'tls',
  UND_ERR_HEADERS_OVERFLOW: 'invalid_response',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'invalid_response',
};

// Codes of OpenSSL and Node for certificates and handshakes.
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** Which of the closed set of kinds a failed request is, by the error's code. What is unknown is `internal`. */
export function errorKindOf(error: unknown): ErrorKind {
  const code = codeOf(error);
  if (code.startsWith('HPE_')) return 'invalid_response';
  if (code.startsWith('EAI_')) return 'dns';
  if (TLS_CODE.test(code)) return 'tls';
  return KINDS[code] ?? 'internal';
}

// By shape, not by class: errors of sockets may come from another realm.
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('name' in error && error.name === 'HTTPParserError') return 'HPE_';
  return 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : '';
}
