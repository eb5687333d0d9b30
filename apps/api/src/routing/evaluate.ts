import type { PatternNode, Scalar } from './compiled-pattern.ts';
import { evaluateTogether } from './evaluate-together.ts';
import type { MatchBudget } from './match-budget.ts';
import { ABSENT, FAILED, PRESENT, type Outcome } from './outcome.ts';
import { someElement } from './some-element.ts';

/**
 * Judges a value of the document against a step of a pattern. Recurses as deep as the pattern, never as the document.
 * Throws when the budget is used up.
 */
export function evaluate(node: PatternNode, value: unknown, budget: MatchBudget): Outcome {
  if (typeof value === 'object' && value !== null) {
    if (!Array.isArray(value))
      return evaluateObject(node, value as Record<string, unknown>, budget);
    return evaluateElements(node, value, budget);
  }
  if (value === undefined) return node.allowsAbsent ? ABSENT : FAILED;
  return node.leaf?.test(value as Scalar) && node.childrenAllowAbsent
    ? PRESENT
    : scalarOtherwise(node);
}

function scalarOtherwise(node: PatternNode): Outcome {
  return node.leaf === null && node.childrenAllowAbsent ? ABSENT : FAILED;
}

function evaluateObject(
  node: PatternNode,
  value: Record<string, unknown>,
  budget: MatchBudget,
): Outcome {
  if (node.leaf && !node.leaf.allowsAbsent) return FAILED;
  if (node.hasGrandchildren && hasDottedKey(value)) return evaluateTogether(node, [value], budget);
  let outcome: Outcome = ABSENT;
  for (const child of node.children) {
    const below = Object.hasOwn(value, child.key) ? value[child.key] : undefined;
    const result = evaluate(child.node, below, budget);
    if (result === FAILED) return FAILED;
    if (result === PRESENT) outcome = PRESENT;
  }
  return outcome;
}

function evaluateElements(
  node: PatternNode,
  array: readonly unknown[],
  budget: MatchBudget,
): Outcome {
  let allAbsent = node.allowsAbsent;
  const isPresent = someElement(array, budget, (element) => {
    const result = evaluate(node, element, budget);
    if (result === FAILED) allAbsent = false;
    return result === PRESENT;
  });
  if (isPresent) return PRESENT;
  return allAbsent ? ABSENT : FAILED;
}

/** Every pattern asks the same of a document, which may have many keys. */
const known = new WeakMap<object, boolean>();

function hasDottedKey(value: Record<string, unknown>): boolean {
  let answer = known.get(value);
  if (answer === undefined) {
    answer = false;
    for (const key in value) {
      if (!key.includes('.')) continue;
      answer = true;
      break;
    }
    known.set(value, answer);
  }
  return answer;
}
