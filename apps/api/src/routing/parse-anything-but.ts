import type { Scalar } from './compiled-pattern.ts';
import { isRecord } from './is-record.ts';
import { matchesWildcard, parseWildcard } from './parse-wildcard.ts';

/** A test of values, or what is wrong with the operand. */
export type AnythingButTest = { test: (value: Scalar) => boolean } | { fault: string };

type Excluded = (text: string) => { test: (value: string) => boolean } | { fault: string };

const EXCLUDED = new Map<string, Excluded>([
  ['prefix', (text) => nonEmpty(text, (value) => value.startsWith(text))],
  ['suffix', (text) => nonEmpty(text, (value) => value.endsWith(text))],
  ['wildcard', excludeWildcard],
  ['equals-ignore-case', excludeIgnoringCase],
]);

/**
 * Reads the operand of `anything-but`. Any value that is there and is not excluded meets it, also `null` and values
 * of another type.
 */
export function parseAnythingBut(operand: unknown): AnythingButTest {
  if (isRecord(operand)) return parseOperator(operand);
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const type = typeof values[0];
  const isUniform = values.every((value) => typeof value === type);
  if (!isUniform || (type !== 'string' && type !== 'number')) {
    return {
      fault:
        'expected a string, a number, a non-empty list of all strings or all numbers, or an object with one of ' +
        [...EXCLUDED.keys()].join(', '),
    };
  }
  const excluded = new Set(values);
  return { test: (value) => !excluded.has(value) };
}

function parseOperator(operand: Record<string, unknown>): AnythingButTest {
  const [operator = '', ...others] = Object.keys(operand);
  const exclude = EXCLUDED.get(operator);
  if (!exclude || others.length > 0) {
    return { fault: `expected exactly one of ${[...EXCLUDED.keys()].join(', ')}` };
  }
  const given = operand[operator];
  const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
  const tests: ((value: string) => boolean)[] = [];
  for (const text of texts) {
    if (typeof text !== 'string') return { fault: `${operator}: expected a string or strings` };
    const excluded = exclude(text);
    if ('fault' in excluded) return { fault: `${operator}: ${excluded.fault}` };
    tests.push(excluded.test);
  }
  if (tests.length === 0) return { fault: `${operator}: expected at least one string` };
  return { test: (value) => typeof value !== 'string' || !tests.some((test) => test(value)) };
}

function nonEmpty(text: string, test: (value: string) => boolean): ReturnType<Excluded> {
  return text === '' ? { fault: 'expected a non-empty string: every string has it' } : { test };
}

function excludeWildcard(text: string): ReturnType<Excluded> {
  const parsed = parseWildcard(text);
  if ('fault' in parsed) return parsed;
  return { test: (value) => matchesWildcard(parsed.parts, value) };
}

function excludeIgnoringCase(text: string): ReturnType<Excluded> {
  const lower = text.toLowerCase();
  return { test: (value) => value.length === text.length && value.toLowerCase() === lower };
}
