import type { PatternNode, Scalar } from './compiled-pattern.ts';
import { flatten } from './flatten.ts';
import { isRecord } from './is-record.ts';

/**
 * FAILED: not met. ABSENT: met only because fields are not there. PRESENT: met, and by a field that is there.
 * The difference decides about arrays: one element must hold all the fields asked for, while a field is absent only if
 * it is absent there (or, where no field ties the choice to an element, in every element).
 */
export const FAILED = 0;
export const ABSENT = 1;
export const PRESENT = 2;
export type Outcome = typeof FAILED | typeof ABSENT | typeof PRESENT;

/** Judges a value of the document against a step of a pattern. Recurses as deep as the pattern, never as the document. */
export function evaluate(node: PatternNode, value: unknown): Outcome {
  if (typeof value === 'object' && value !== null) {
    if (!Array.isArray(value)) return evaluateObject(node, value as Record<string, unknown>);
    return judgeElements(node, flatten(value), (element) => evaluate(node, element));
  }
  if (value === undefined) return node.allowsAbsent ? ABSENT : FAILED;
  return node.leaf?.test(value as Scalar) && node.childrenAllowAbsent
    ? PRESENT
    : scalarOtherwise(node);
}

function scalarOtherwise(node: PatternNode): Outcome {
  return node.leaf === null && node.childrenAllowAbsent ? ABSENT : FAILED;
}

function evaluateObject(node: PatternNode, value: Record<string, unknown>): Outcome {
  if (node.leaf && !node.leaf.allowsAbsent) return FAILED;
  if (node.hasGrandchildren && hasDottedKey(value)) return evaluateTogether(node, [value]);
  let outcome: Outcome = ABSENT;
  for (const child of node.children) {
    const below = Object.hasOwn(value, child.key) ? value[child.key] : undefined;
    const result = evaluate(child.node, below);
    if (result === FAILED) return FAILED;
    if (result === PRESENT) outcome = PRESENT;
  }
  return outcome;
}

function judgeElements(
  node: PatternNode,
  elements: readonly unknown[],
  judge: (element: unknown) => Outcome,
): Outcome {
  let allAbsent = node.allowsAbsent;
  for (const element of elements) {
    const result = judge(element);
    if (result === PRESENT) return PRESENT;
    if (result === FAILED) allAbsent = false;
  }
  return allAbsent ? ABSENT : FAILED;
}

function hasDottedKey(value: Record<string, unknown>): boolean {
  for (const key in value) if (key.includes('.')) return true;
  return false;
}

/**
 * As `evaluate`, where dotted keys lead to one path by several ways: `{ "a.b": 1, "a": { "c": 2 } }`. Objects count as
 * one; of several arrays at the same path one element at a time is joined to them.
 */
function evaluateTogether(node: PatternNode, values: readonly unknown[]): Outcome {
  const elements: unknown[] = [];
  const singles: unknown[] = [];
  for (const value of values) {
    if (!Array.isArray(value)) singles.push(value);
    else for (const element of flatten(value)) elements.push(element);
  }
  if (elements.length === 0) return evaluateSingles(node, singles);
  return judgeElements(node, elements, (element) => evaluateSingles(node, [...singles, element]));
}

function evaluateSingles(node: PatternNode, values: readonly unknown[]): Outcome {
  const objects = values.filter(isRecord);
  const { leaf } = node;
  let outcome: Outcome = ABSENT;
  if (leaf) {
    const hasScalar = objects.length < values.length;
    if (values.some((value) => !isRecord(value) && leaf.test(value as Scalar))) outcome = PRESENT;
    else if (hasScalar || !leaf.allowsAbsent) return FAILED;
  }
  for (const child of node.children) {
    const below = objects.flatMap((object) => valuesUnder(object, child.key));
    const result = evaluateTogether(child.node, below);
    if (result === FAILED) return FAILED;
    if (result === PRESENT) outcome = PRESENT;
  }
  return outcome;
}

/** What a key leads to: its own value, and the dotted keys that begin with it as an object of what follows. */
export function valuesUnder(object: Record<string, unknown>, key: string): unknown[] {
  const values: unknown[] = Object.hasOwn(object, key) ? [object[key]] : [];
  const start = `${key}.`;
  let rest: Record<string, unknown> | null = null;
  for (const dotted in object) {
    if (!dotted.startsWith(start)) continue;
    rest ??= Object.create(null) as Record<string, unknown>;
    rest[dotted.slice(start.length)] = object[dotted];
  }
  if (rest) values.push(rest);
  return values;
}
