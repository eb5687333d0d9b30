/** A JSON value that is neither object nor array: what a leaf of a pattern is compared with. */
export type Scalar = string | number | boolean | null;

/** Where an alternative can be looked up instead of tried: by the whole value or by the start of a string. */
export type Anchor = { exact: Scalar } | { prefix: string };

/** One alternative of a leaf, such as `"text"` or `{ "prefix": "a" }`. */
export interface Alternative {
  operator: string;
  /** The operand, as written in the pattern. */
  expected: unknown;
  /** True for `{ "exists": false }` alone: met by a field that is not there. */
  absent: boolean;
  test: (value: Scalar) => boolean;
  /** Values that fail this cannot match; null when only trying tells. */
  anchor: Anchor | null;
}

/** The alternatives of one field. */
export interface Leaf {
  /** Steps from the root of the document; dotted keys are split, aliases replaced. */
  path: readonly string[];
  /** JSON pointer of the leaf in the pattern, as written. */
  pointer: string;
  alternatives: readonly Alternative[];
  allowsAbsent: boolean;
  /** Whether the value meets any alternative. */
  test: (value: Scalar) => boolean;
}

/** One step of the path of some leaves; those below it must be met by the same array element. */
export interface PatternNode {
  leaf: Leaf | null;
  /** Nearest first, so that cheap conditions fail early. */
  children: readonly PatternChild[];
  /** Whether everything from here on, and everything below, is met by a field that is not there. */
  allowsAbsent: boolean;
  childrenAllowAbsent: boolean;
  /** Whether a dotted key of the document could lead to a leaf below. */
  hasGrandchildren: boolean;
  /** Whether one leaf is all there is from here on. */
  isChain: boolean;
}
export interface PatternChild {
  key: string;
  node: PatternNode;
}

/** One way to satisfy a pattern: all these leaves. `$or` makes several. */
export interface Combination {
  leaves: readonly Leaf[];
  root: PatternNode;
}

/** A checked pattern, ready to match. It matches when any of its combinations does. */
export interface CompiledPattern {
  combinations: readonly Combination[];
}
