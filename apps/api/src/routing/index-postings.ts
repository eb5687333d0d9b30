import type {
  Combination,
  CompiledPattern,
  Leaf,
  PatternNode,
  Scalar,
} from './compiled-pattern.ts';
import type { FieldNode } from './field-values.ts';

/** A combination of the pattern of entry number `entry`, with its fields numbered. */
export interface IndexedCombination {
  /** Among all combinations. */
  number: number;
  entry: number;
  leaves: readonly { field: number; leaf: Leaf }[];
  root: PatternNode;
}

/** Where combinations wait for a value of one field. */
export interface FieldPostings {
  exact: Map<Scalar, IndexedCombination[]>;
  prefix: Map<string, IndexedCombination[]>;
  /** Lengths that occur in `prefix`, ascending. */
  prefixLengths: number[];
  /** Those that want any value at all. */
  present: IndexedCombination[];
}

export interface Postings {
  combinationCount: number;
  fields: { root: FieldNode; count: number };
  byField: readonly FieldPostings[];
  /** Those that only ask for absence. */
  always: readonly IndexedCombination[];
}

/** Puts every combination where the fewest others wait. */
export function buildPostings(patterns: readonly CompiledPattern[]): Postings {
  const fields = createFieldNumbers();
  const combinations = patterns.flatMap((pattern, entry) =>
    pattern.combinations.map((combination) => fields.number(combination, entry)),
  );
  const byField = Array.from({ length: fields.count() }, createFieldPostings);
  const always: IndexedCombination[] = [];
  const counts = countAnchors(combinations, byField.length);
  for (const combination of combinations) {
    const anchor = rarestLeaf(combination, counts);
    const postings = anchor && byField[anchor.field];
    if (postings) post(anchor.leaf, combination, postings);
    else always.push(combination);
  }
  for (const postings of byField) {
    const lengths = new Set([...postings.prefix.keys()].map((prefix) => prefix.length));
    postings.prefixLengths.push(...[...lengths].sort((a, b) => a - b));
  }
  return {
    combinationCount: combinations.length,
    fields: { root: fields.root, count: byField.length },
    byField,
    always,
  };
}

function createFieldPostings(): FieldPostings {
  return { exact: new Map(), prefix: new Map(), prefixLengths: [], present: [] };
}

function createFieldNode(): FieldNode {
  return { field: -1, children: new Map(), hasGrandchildren: false };
}

function createFieldNumbers() {
  const root = createFieldNode();
  let count = 0;
  let combinationCount = 0;

  function numberOf(path: readonly string[]): number {
    let node = root;
    for (const [index, step] of path.entries()) {
      let next = node.children.get(step);
      if (!next) {
        next = createFieldNode();
        node.children.set(step, next);
      }
      if (index < path.length - 1) node.hasGrandchildren = true;
      node = next;
    }
    if (node.field < 0) node.field = count++;
    return node.field;
  }

  return {
    root,
    count: () => count,
    number(combination: Combination, entry: number): IndexedCombination {
      const leaves = combination.leaves.map((leaf) => ({ field: numberOf(leaf.path), leaf }));
      return { number: combinationCount++, entry, leaves, root: combination.root };
    },
  };
}

/** How many alternatives of all patterns wait for each value or prefix of one field. */
interface AnchorCounts {
  exact: Map<Scalar, number>;
  prefix: Map<string, number>;
}

const PRESENT_WEIGHT = 1e9;
// A prefix lets in more than a value does; how many more is not known, so assume some.
const PREFIX_FACTOR = 8;

function countAnchors(
  combinations: readonly IndexedCombination[],
  fieldCount: number,
): readonly AnchorCounts[] {
  const counts = Array.from({ length: fieldCount }, (): AnchorCounts => ({
    exact: new Map(),
    prefix: new Map(),
  }));
  for (const { leaves } of combinations) {
    for (const { field, leaf } of leaves) {
      const ofField = counts[field];
      if (!ofField) continue;
      for (const { anchor } of leaf.alternatives) {
        if (anchor === null) continue;
        if ('exact' in anchor) countUp(ofField.exact, anchor.exact);
        else countUp(ofField.prefix, anchor.prefix);
      }
    }
  }
  return counts;
}

function countUp<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function rarestLeaf(combination: IndexedCombination, counts: readonly AnchorCounts[]) {
  let rarest: { field: number; leaf: Leaf } | null = null;
  let least = Infinity;
  for (const candidate of combination.leaves) {
    const weight = weigh(candidate.leaf, counts[candidate.field]);
    if (weight < least) {
      least = weight;
      rarest = candidate;
    }
  }
  return rarest;
}

function weigh(leaf: Leaf, counts: AnchorCounts | undefined): number {
  if (leaf.allowsAbsent) return Infinity;
  let weight = 0;
  for (const { anchor } of leaf.alternatives) {
    if (anchor === null || ('prefix' in anchor && anchor.prefix === '')) return PRESENT_WEIGHT;
    weight +=
      'exact' in anchor
        ? (counts?.exact.get(anchor.exact) ?? 1)
        : (counts?.prefix.get(anchor.prefix) ?? 1) * PREFIX_FACTOR;
  }
  return weight;
}

function post(leaf: Leaf, combination: IndexedCombination, postings: FieldPostings): void {
  if (weigh(leaf, undefined) >= PRESENT_WEIGHT) {
    postings.present.push(combination);
    return;
  }
  for (const { anchor } of leaf.alternatives) {
    if (anchor && 'exact' in anchor) append(postings.exact, anchor.exact, combination);
    else if (anchor) append(postings.prefix, anchor.prefix, combination);
  }
}

function append<K>(map: Map<K, IndexedCombination[]>, key: K, item: IndexedCombination): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
