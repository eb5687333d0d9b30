/** A test of numbers, or what is wrong with the operand. */
export type NumericTest = { test: (value: number) => boolean } | { fault: string };

type Comparison = (value: number, bound: number) => boolean;

const LOWER = new Map<unknown, Comparison>([
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
]);
const UPPER = new Map<unknown, Comparison>([
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
]);
const EQUAL: Comparison = (value, bound) => value === bound;

const SHAPE = 'expected ["=", n], ["<", n], ["<=", n], [">", n], [">=", n] or [">", a, "<=", b]';

/** Reads the operand of `numeric`: one comparison, or a lower bound followed by an upper one. */
export function parseNumeric(operand: unknown): NumericTest {
  if (!Array.isArray(operand)) return { fault: SHAPE };
  const [operator, bound, upperOperator, upperBound] = operand as unknown[];
  if (typeof bound !== 'number' || !Number.isFinite(bound)) return { fault: SHAPE };
  const lower = LOWER.get(operator);
  if (operand.length === 2) {
    const compare = operator === '=' ? EQUAL : (lower ?? UPPER.get(operator));
    return compare ? { test: (value) => compare(value, bound) } : { fault: SHAPE };
  }
  const upper = UPPER.get(upperOperator);
  const isRange = operand.length === 4 && lower && upper && typeof upperBound === 'number';
  if (!isRange || !Number.isFinite(upperBound)) return { fault: SHAPE };
  if (bound >= upperBound) {
    return { fault: `the lower bound ${bound} must be less than the upper bound ${upperBound}` };
  }
  return { test: (value) => lower(value, bound) && upper(value, upperBound) };
}
