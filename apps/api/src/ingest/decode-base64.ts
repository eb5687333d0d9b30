const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Decodes standard base64 with padding, and nothing else: no line breaks, no other alphabet, no stray bits (RFC 4648, sections
 * 3.3, 3.5 and 4). Null for anything else.
 */
export function decodeBase64(text: string): Buffer | null {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  const end = text.slice(-4);
  const canonicalEnd = bytes.subarray(Math.floor(text.length / 4 - 1) * 3).toString('base64');
  return text === '' || end === canonicalEnd ? bytes : null;
}
