import { parseRegex } from '../routing/parse-regex.ts';

/** A compiled regular expression; its text tells it apart from others. */
export interface SchemaPattern {
  test(text: string): boolean;
  toString(): string;
}

/**
 * Compiles a regular expression of a JSON Schema for the same linear-time engine that event patterns use: a backtracking one
 * would let a payload stall the gateway. So look-around and back-references are not available, and texts above 8,192 characters fit
 * no expression. Throws an `Error` that says what cannot be run.
 */
export function compileSchemaPattern(pattern: string): SchemaPattern {
  const toString = () => `/${pattern}/`;
  if (pattern === '') return { test: () => true, toString };
  const compiled = parseRegex(withCodePoints(pattern));
  if ('fault' in compiled) throw new Error(compiled.fault);
  return { test: compiled.test, toString };
}

/** Turns the code point escapes of ECMAScript, with four digits or in braces, into those of the engine. */
function withCodePoints(pattern: string): string {
  return pattern.replaceAll(
    /\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|.)/gs,
    (escape: string, four?: string, braced?: string) => {
      const digits = four ?? braced;
      return digits === undefined ? escape : `\\x{${digits}}`;
    },
  );
}
