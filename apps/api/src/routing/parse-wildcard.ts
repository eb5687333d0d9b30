import { MAX_WILDCARD_STARS } from './limits.ts';

/** The literal stretches between the stars, or what is wrong with the text. */
export type WildcardParts = { parts: readonly string[] } | { fault: string };

/** Splits `a*b` at its stars. `\*` and `\\` are literal; `**` and any other escape are faults. */
export function parseWildcard(text: string): WildcardParts {
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') {
      const escaped = text.charAt(index + 1);
      if (escaped !== '*' && escaped !== '\\') {
        return { fault: `expected \\* or \\\\ at offset ${index}: no other escape exists` };
      }
      part += escaped;
      index += 1;
    } else if (character === '*') {
      if (text.charAt(index + 1) === '*') {
        return { fault: `two stars in a row at offset ${index}: one matches any run already` };
      }
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part);
  if (parts.length - 1 > MAX_WILDCARD_STARS) {
    return { fault: `at most ${MAX_WILDCARD_STARS} stars are allowed, got ${parts.length - 1}` };
  }
  return { parts };
}

/** Whether the whole text is the parts in order with any runs between them. */
export function matchesWildcard(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  if (parts.length === 1) return text === first;
  const last = parts[parts.length - 1] ?? '';
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  // The leftmost place of each part leaves the most room for the next, so no other need be tried.
  let from = first.length;
  for (let index = 1; index < parts.length - 1; index += 1) {
    const part = parts[index] ?? '';
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
    if (from > end) return false;
  }
  return true;
}
