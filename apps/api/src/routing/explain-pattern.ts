import { buildCombination } from './build-combination.ts';
import type { CompiledPattern, Leaf, Scalar } from './compiled-pattern.ts';
import { evaluate } from './evaluate.ts';
import { flatten } from './flatten.ts';
import { isRecord } from './is-record.ts';
import { createMatchBudget, type MatchBudget } from './match-budget.ts';
import { matchPattern } from './match-pattern.ts';
import { FAILED } from './outcome.ts';
import { canonicalRoot } from './root-aliases.ts';
import { valuesUnder } from './values-under.ts';

/** One leaf of a pattern that the document did not meet. */
export interface PatternFailure {
  /** JSON pointer of the leaf in the pattern. */
  pointer: string;
  /** The operator; `any-of` where alternatives of several kinds were given; `same-element` where each condition is met, but not by one element of the array. */
  operator: string;
  /** The operand as written; for `any-of` and several values the list. */
  expected: unknown;
  /** What the event had there: one value, several as a list (at most 10), or null where `present` is false. */
  actual: unknown;
  present: boolean;
}

export interface PatternExplanation {
  matched: boolean;
  /** The first leaf that failed comes first; empty when matched. */
  failures: readonly PatternFailure[];
}

const MAX_ACTUAL_VALUES = 10;
const MAX_ACTUAL_LENGTH = 200;

/**
 * Says why a document does not meet a pattern. Slower than `matchPattern`, with the same verdict. Where `$or` leaves
 * several ways to match, the failures are those of the ways that came closest. Throws `GatewayError('invalid_event')` as
 * `matchPattern` does; the search for the reason may take as many steps again.
 */
export function explainPattern(pattern: CompiledPattern, document: unknown): PatternExplanation {
  if (matchPattern(pattern, document)) return { matched: true, failures: [] };
  const asked = { root: canonicalRoot(document), budget: createMatchBudget() };
  const judged = new Map<Leaf, PatternFailure | null>();
  const ways = pattern.combinations.map(({ leaves }) => failuresOf(leaves, asked, judged));
  const alone = ways.findIndex((way) => way.length === 0);
  const together = pattern.combinations[alone];
  if (together) return { matched: false, failures: [explainTogether(together.leaves, asked)] };
  const fewest = Math.min(...ways.map((way) => way.length));
  const closest = ways.filter((way) => way.length === fewest);
  return { matched: false, failures: [...new Set(closest.flat())] };
}

interface Asked {
  root: unknown;
  budget: MatchBudget;
}

function failuresOf(
  leaves: readonly Leaf[],
  asked: Asked,
  judged: Map<Leaf, PatternFailure | null>,
): PatternFailure[] {
  const failures: PatternFailure[] = [];
  for (const leaf of leaves) {
    let failure = judged.get(leaf);
    if (failure === undefined) {
      const values = valuesAt(asked, leaf.path);
      const isMet = values.length === 0 ? leaf.allowsAbsent : values.some(leaf.test);
      failure = isMet ? null : describe(leaf, values);
      judged.set(leaf, failure);
    }
    if (failure) failures.push(failure);
  }
  return failures;
}

/** Every leaf is met alone, so the first that is not met together with those before it is named. */
function explainTogether(leaves: readonly Leaf[], asked: Asked): PatternFailure {
  let count = 2;
  while (count < leaves.length && isMetTogether(leaves.slice(0, count), asked)) count += 1;
  const last = leaves[count - 1];
  if (!last) throw new Error('A pattern without leaves always matches.');
  return { ...describe(last, valuesAt(asked, last.path)), operator: 'same-element' };
}

function isMetTogether(leaves: readonly Leaf[], { root, budget }: Asked): boolean {
  return evaluate(buildCombination(leaves).root, root, budget) !== FAILED;
}

/** The scalars that a path leads to, through arrays and dotted keys. */
function valuesAt({ root, budget }: Asked, path: readonly string[]): Scalar[] {
  let values = flatten([root], budget);
  for (const step of path) {
    values = flatten(
      values.flatMap((value) => (isRecord(value) ? valuesUnder(value, step, budget) : [])),
      budget,
    );
  }
  return values.filter((value) => !isRecord(value)) as Scalar[];
}

function describe(leaf: Leaf, values: readonly Scalar[]): PatternFailure {
  const operators = new Set(leaf.alternatives.map(({ operator }) => operator));
  const [operator = ''] = operators;
  const [only] = leaf.alternatives;
  const isMixed = operators.size > 1;
  return {
    pointer: leaf.pointer,
    operator: isMixed ? 'any-of' : operator,
    expected:
      leaf.alternatives.length === 1
        ? only?.expected
        : leaf.alternatives.map((alternative) =>
            isMixed && alternative.operator !== 'equals'
              ? { [alternative.operator]: alternative.expected }
              : alternative.expected,
          ),
    actual: actualOf(values),
    present: values.length > 0,
  };
}

function actualOf(values: readonly Scalar[]): unknown {
  const shown = values.slice(0, MAX_ACTUAL_VALUES).map(shorten);
  return shown.length > 1 ? shown : (shown[0] ?? null);
}

function shorten(value: Scalar): Scalar {
  if (typeof value !== 'string' || value.length <= MAX_ACTUAL_LENGTH) return value;
  return `${value.slice(0, MAX_ACTUAL_LENGTH)}…`;
}
