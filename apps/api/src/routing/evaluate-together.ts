import type { Leaf, PatternChild, PatternNode, Scalar } from './compiled-pattern.ts';
import { flatten } from './flatten.ts';
import { isRecord } from './is-record.ts';
import { JOIN_STEPS } from './limits.ts';
import { spend, type MatchBudget } from './match-budget.ts';
import { ABSENT, FAILED, PRESENT, type Outcome } from './outcome.ts';
import { valuesUnder } from './values-under.ts';

/** Judges one element of an array, together with what stands beside the array. */
type JudgeElement = (element: unknown) => Outcome;

/**
 * As `evaluate`, where dotted keys lead to one path by several ways: `{ "a.b": 1, "a": { "c": 2 } }`. Objects count as
 * one; of several arrays at the same path one element at a time is joined to them.
 */
export function evaluateTogether(
  node: PatternNode,
  values: readonly unknown[],
  budget: MatchBudget,
): Outcome {
  spend(budget, JOIN_STEPS * values.length);
  const elements: unknown[] = [];
  const singles: unknown[] = [];
  for (const value of values) {
    if (!Array.isArray(value)) singles.push(value);
    else for (const element of flatten(value, budget)) elements.push(element);
  }
  if (elements.length === 0) return evaluateSingles(node, singles, budget);
  const judge: JudgeElement =
    singles.length > 0 && elements.length > 1
      ? createJoin(node, singles, budget)
      : (element) => evaluateSingles(node, [...singles, element], budget);
  let allAbsent = node.allowsAbsent;
  for (const element of elements) {
    const result = judge(element);
    if (result === PRESENT) return PRESENT;
    if (result === FAILED) allAbsent = false;
  }
  return allAbsent ? ABSENT : FAILED;
}

function evaluateSingles(
  node: PatternNode,
  values: readonly unknown[],
  budget: MatchBudget,
): Outcome {
  spend(budget, JOIN_STEPS);
  const objects = values.filter(isRecord);
  let outcome = judgeLeaf(node.leaf, values);
  if (outcome === FAILED) return FAILED;
  for (const child of node.children) {
    const below = objects.flatMap((object) => valuesUnder(object, child.key, budget));
    const result = evaluateTogether(child.node, below, budget);
    if (result === FAILED) return FAILED;
    if (result === PRESENT) outcome = PRESENT;
  }
  return outcome;
}

/** As `evaluateSingles` for each element with the same singles, which are looked at once and not once for each. */
function createJoin(
  node: PatternNode,
  singles: readonly unknown[],
  budget: MatchBudget,
): JudgeElement {
  const objects = singles.filter(isRecord);
  const ofSingles = judgeLeaf(node.leaf, singles);
  const judges = node.children.map((child) => createChildJoin(child, objects, budget));
  return (element) => {
    spend(budget, JOIN_STEPS);
    let outcome = either(ofSingles, judgeLeaf(node.leaf, [element]));
    if (outcome === FAILED) return FAILED;
    for (const judge of judges) {
      const result = judge(element);
      if (result === FAILED) return FAILED;
      if (result === PRESENT) outcome = PRESENT;
    }
    return outcome;
  };
}

function createChildJoin(
  { key, node }: PatternChild,
  objects: readonly Record<string, unknown>[],
  budget: MatchBudget,
): JudgeElement {
  let below: unknown[] | null = null;
  let outcome: Outcome | null = null;
  const belowObjects = () =>
    (below ??= objects.flatMap((object) => valuesUnder(object, key, budget)));
  const ofObjects = () => (outcome ??= evaluateTogether(node, belowObjects(), budget));
  return (element) => {
    const own = isRecord(element) ? valuesUnder(element, key, budget) : [];
    if (own.length === 0) return ofObjects();
    if (node.isChain) return either(ofObjects(), evaluateTogether(node, own, budget));
    return evaluateTogether(node, [...belowObjects(), ...own], budget);
  };
}

function judgeLeaf(leaf: Leaf | null, values: readonly unknown[]): Outcome {
  if (!leaf) return ABSENT;
  let hasScalar = false;
  for (const value of values) {
    if (isRecord(value)) continue;
    if (leaf.test(value as Scalar)) return PRESENT;
    hasScalar = true;
  }
  return hasScalar || !leaf.allowsAbsent ? FAILED : ABSENT;
}

/** What one leaf comes to over two sets of values, from what it comes to over each. */
function either(one: Outcome, other: Outcome): Outcome {
  if (one === PRESENT || other === PRESENT) return PRESENT;
  return one === FAILED || other === FAILED ? FAILED : ABSENT;
}
