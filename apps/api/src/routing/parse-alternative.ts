import type { Alternative, Anchor, Scalar } from './compiled-pattern.ts';
import type { FaultList } from './fault-list.ts';
import { nameOf, pointerTo } from './fault-list.ts';
import { isRecord } from './is-record.ts';
import { parseAnythingBut } from './parse-anything-but.ts';
import { parseCidr } from './parse-cidr.ts';
import { parseNumeric } from './parse-numeric.ts';
import { parseRegex } from './parse-regex.ts';
import { matchesWildcard, parseWildcard } from './parse-wildcard.ts';

type Parsed =
  { test: (value: Scalar) => boolean; anchor?: Anchor; absent?: boolean } | { fault: string };

const OPERATORS = new Map<string, (operand: unknown) => Parsed>([
  ['equals-ignore-case', parseIgnoreCase],
  ['prefix', parsePrefix],
  ['suffix', parseSuffix],
  ['wildcard', parseWildcardOperand],
  ['anything-but', parseAnythingBut],
  ['numeric', parseNumericOperand],
  ['cidr', (operand) => onStrings(parseCidr(operand))],
  ['exists', parseExists],
  ['regex', (operand) => onStrings(parseRegex(operand))],
]);
const ALL_OF = 'all-of';

/**
 * Reads one alternative of a leaf. Faults go to `faults` with their pointer, and null comes back.
 */
export function parseAlternative(
  written: unknown,
  pointer: string,
  faults: FaultList,
): Alternative | null {
  if (!isRecord(written)) return parseLiteral(written, pointer, faults);
  const [operator, ...others] = Object.keys(written);
  const known = [...OPERATORS.keys(), ALL_OF].join(', ');
  if (operator === undefined || others.length > 0) {
    faults.add(pointer, 'operator', `expected an object with exactly one of ${known}`);
    return null;
  }
  const operand = written[operator];
  const at = pointerTo(pointer, operator);
  if (operator === ALL_OF) return parseAllOf(operand, at, faults);
  const parse = OPERATORS.get(operator);
  if (!parse) {
    faults.add(at, 'unknown_operator', `"${operator}" is no operator; expected one of ${known}`);
    return null;
  }
  const parsed = parse(operand);
  if ('fault' in parsed) {
    faults.add(at, 'operand', parsed.fault);
    return null;
  }
  return {
    operator,
    expected: operand,
    test: parsed.test,
    absent: parsed.absent ?? false,
    anchor: parsed.anchor ?? null,
  };
}

function parseLiteral(written: unknown, pointer: string, faults: FaultList): Alternative | null {
  const isScalar = written === null || typeof written === 'string' || typeof written === 'boolean';
  if (!isScalar && !(typeof written === 'number' && Number.isFinite(written))) {
    const expected = 'a string, a number, true, false, null or an object with one operator';
    faults.add(pointer, 'alternative', `expected ${expected}, got ${nameOf(written)}`);
    return null;
  }
  return {
    operator: 'equals',
    expected: written,
    test: (value) => value === written,
    absent: false,
    anchor: { exact: written },
  };
}

function parseAllOf(operand: unknown, pointer: string, faults: FaultList): Alternative | null {
  if (!Array.isArray(operand) || operand.length === 0) {
    faults.add(
      pointer,
      'operand',
      `expected a non-empty array of conditions, got ${nameOf(operand)}`,
    );
    return null;
  }
  const parts: Alternative[] = [];
  for (const [index, written] of (operand as unknown[]).entries()) {
    const at = pointerTo(pointer, index);
    if (isRecord(written) && Object.hasOwn(written, ALL_OF)) {
      faults.add(
        at,
        'operand',
        'all-of cannot hold another all-of: list the conditions side by side',
      );
      continue;
    }
    const part = parseAlternative(written, at, faults);
    if (part?.absent)
      faults.add(at, 'operand', 'a field that is absent cannot meet a condition too');
    else if (part) parts.push(part);
  }
  if (parts.length < operand.length) return null;
  return {
    operator: ALL_OF,
    expected: operand,
    test: (value) => parts.every((part) => part.test(value)),
    absent: false,
    anchor: parts.find((part) => part.anchor !== null)?.anchor ?? null,
  };
}

function onStrings(parsed: { test: (value: string) => boolean } | { fault: string }): Parsed {
  if ('fault' in parsed) return parsed;
  const { test } = parsed;
  return { test: (value) => typeof value === 'string' && test(value) };
}

function parseIgnoreCase(operand: unknown): Parsed {
  if (typeof operand !== 'string') return { fault: `expected one string, got ${nameOf(operand)}` };
  const lower = operand.toLowerCase();
  return onStrings({
    test: (value) => value.length === operand.length && value.toLowerCase() === lower,
  });
}

/** The text inside `"s"` or `{ "equals-ignore-case": "s" }`. */
function readAffix(operand: unknown): { text: string; ignoreCase: boolean } | { fault: string } {
  if (typeof operand === 'string') return { text: operand, ignoreCase: false };
  if (isRecord(operand) && Object.keys(operand).length === 1) {
    const text = operand['equals-ignore-case'];
    if (typeof text === 'string') return { text: text.toLowerCase(), ignoreCase: true };
  }
  return { fault: 'expected a string or {"equals-ignore-case": "…"}' };
}

function parsePrefix(operand: unknown): Parsed {
  const affix = readAffix(operand);
  if ('fault' in affix) return affix;
  const { text } = affix;
  if (affix.ignoreCase) {
    return onStrings({ test: (value) => value.slice(0, text.length).toLowerCase() === text });
  }
  return {
    test: (value) => typeof value === 'string' && value.startsWith(text),
    anchor: { prefix: text },
  };
}

function parseSuffix(operand: unknown): Parsed {
  const affix = readAffix(operand);
  if ('fault' in affix) return affix;
  const { text } = affix;
  if (!affix.ignoreCase) return onStrings({ test: (value) => value.endsWith(text) });
  return onStrings({
    test: (value) =>
      value.length >= text.length && value.slice(value.length - text.length).toLowerCase() === text,
  });
}

function parseWildcardOperand(operand: unknown): Parsed {
  if (typeof operand !== 'string') return { fault: `expected one string, got ${nameOf(operand)}` };
  const parsed = parseWildcard(operand);
  if ('fault' in parsed) return parsed;
  return {
    test: (value) => typeof value === 'string' && matchesWildcard(parsed.parts, value),
    anchor: { prefix: parsed.parts[0] ?? '' },
  };
}

function parseNumericOperand(operand: unknown): Parsed {
  const parsed = parseNumeric(operand);
  if ('fault' in parsed) return parsed;
  return { test: (value) => typeof value === 'number' && parsed.test(value) };
}

function parseExists(operand: unknown): Parsed {
  if (operand === true) return { test: () => true };
  if (operand === false) return { test: () => false, absent: true };
  return { fault: `expected true or false, got ${nameOf(operand)}` };
}
