import { isUtf8 } from 'node:buffer';

const PLAIN = /^[\x20\x21\x23\x24\x26-\x7e]*$/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PERCENT = 0x25;

/**
 * An attribute's value from its header (CloudEvents HTTP binding 1.0, section 3.1.3.2): quoted strings are undone first,
 * then percent-encoding, exactly once; what comes out is UTF-8.
 * @returns the value, or what is wrong with it
 */
export function decodeHeaderValue(value: string): { text: string } | { fault: string } {
  if (PLAIN.test(value)) return { text: value };
  const unquoted = unquote(value);
  if (unquoted === null) return { fault: 'a quoted string is not closed' };
  if (!/^(?:[^%]|%[0-9A-Fa-f]{2})*$/s.test(unquoted)) {
    return { fault: 'a percent sign is not followed by two hexadecimal digits; write it as %25' };
  }
  const bytes = percentDecode(unquoted);
  if (!isUtf8(bytes)) return { fault: 'the percent-decoded value is not UTF-8' };
  return { text: bytes.toString('utf8') };
}

function unquote(value: string): string | null {
  let text = '';
  let inside = false;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code === QUOTE) {
      inside = !inside;
    } else if (inside && code === BACKSLASH) {
      index += 1;
      if (index === value.length) return null;
      text += value.charAt(index);
    } else {
      text += value.charAt(index);
    }
  }
  return inside ? null : text;
}

/** node:http hands header bytes over as Latin-1, so that raw UTF-8 comes out right as well. */
function percentDecode(text: string): Buffer {
  const source = Buffer.from(text, 'latin1');
  const bytes = Buffer.alloc(source.length);
  let length = 0;
  for (let index = 0; index < source.length; index += 1) {
    if (source[index] === PERCENT) {
      bytes[length] = Number.parseInt(source.toString('latin1', index + 1, index + 3), 16);
      index += 2;
    } else {
      bytes[length] = source[index] ?? 0;
    }
    length += 1;
  }
  return bytes.subarray(0, length);
}
