import { isIP } from 'node:net';
import { classifyAddress, isForbidden, isInCidrs } from './guard.ts';

export interface TargetUrlRules {
  /** `ALLOW_TARGET_CIDRS`: networks that may be reached although they are not public. */
  allowCidrs: readonly string[];
}

/** `isForbidden`: the URL is well-formed, and leads where nothing may be reached. */
export type TargetUrlVerdict =
  { ok: true; url: URL } | { ok: false; detail: string; isForbidden: boolean };

const USE_HTTPS = 'Use https: for this host.';
const LOOPBACK_CIDRS = ['127.0.0.1', '::1'];

/**
 * Checks a target's URL when it is saved. Names are not resolved here: what they stand for may change, so addresses are
 * checked again at each connect (`guarded-lookup.ts`). Plain `http` is let through only where `allowCidrs` could cover the host.
 * A refusal's `detail` names the fault and the fix.
 */
export function checkTargetUrl(text: string, { allowCidrs }: TargetUrlRules): TargetUrlVerdict {
  if (hasOddCharacters(text))
    return refuse('The URL holds spaces, control characters or backslashes; remove them.');
  const url = URL.parse(text);
  if (!url) return refuse('This is not a URL; write it as https://host/path.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(`The scheme ${url.protocol} is not supported; use https:.`);
  if (url.username !== '' || url.password !== '')
    return refuse("Credentials in the URL are not allowed; use the target's auth instead.");
  if (url.port === '0') return refuse('Port 0 cannot be reached; name a real port.');
  const fault = checkHost(text, url, allowCidrs);
  return fault === null ? { ok: true, url } : refuse(fault, fault !== USE_HTTPS);
}

function checkHost(text: string, url: URL, allowCidrs: readonly string[]): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isPlain = url.protocol === 'http:';
  if (isIP(host) === 0) return checkName(host, isPlain, allowCidrs);
  if (isIP(host) === 4 && writtenHost(text) !== host)
    return `The address is written in an unusual way; write ${host}.`;
  if (isForbidden(host, allowCidrs))
    return `The address ${host} is ${classifyAddress(host).replaceAll('_', ' ')} and may not be reached.`;
  return isPlain && !isInCidrs(host, allowCidrs) ? USE_HTTPS : null;
}

function checkName(host: string, isPlain: boolean, allowCidrs: readonly string[]): string | null {
  const name = host.replace(/\.$/, '');
  if (name === '') return 'The URL names no host.';
  const isLocal = name === 'localhost' || name.endsWith('.localhost');
  if (isLocal && !LOOPBACK_CIDRS.some((address) => isInCidrs(address, allowCidrs)))
    return 'This machine itself may not be reached.';
  return isPlain && allowCidrs.length === 0 ? USE_HTTPS : null;
}

/** The host as it was typed, before the URL parser made `127.0.0.1` of `0x7f.1`. */
function writtenHost(text: string): string {
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  return authority.replace(/:\d*$/, '');
}

function hasOddCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character <= ' ' || character === '\\' || character === '\u007f') return true;
  }
  return false;
}

function refuse(detail: string, isForbidden = false): TargetUrlVerdict {
  return { ok: false, detail, isForbidden };
}
