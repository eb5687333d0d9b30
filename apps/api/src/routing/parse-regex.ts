import { RE2JS } from 're2js';
import { MAX_REGEX_INSTRUCTIONS, MAX_REGEX_VALUE_LENGTH } from './limits.ts';

/** A test of texts, or what is wrong with the expression. */
export type RegexTest = { test: (value: string) => boolean } | { fault: string };

/**
 * Compiles an expression in RE2 syntax, which runs in time linear in the value. It may match anywhere in the value;
 * `^` and `$` tie it to the ends. Values above 8,192 characters never match.
 */
export function parseRegex(operand: unknown): RegexTest {
  if (typeof operand !== 'string' || operand === '') {
    return { fault: 'expected a regular expression as a non-empty string' };
  }
  try {
    const expression = RE2JS.compile(operand);
    const size = expression.programSize();
    if (size > MAX_REGEX_INSTRUCTIONS) {
      return {
        fault: `the expression is too costly: ${size} of ${MAX_REGEX_INSTRUCTIONS} instructions`,
      };
    }
    return {
      test: (value) => value.length <= MAX_REGEX_VALUE_LENGTH && expression.matcher(value).find(),
    };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'not a regular expression' };
  }
}
