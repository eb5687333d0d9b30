import type { Scalar } from './compiled-pattern.ts';
import { flatten } from './flatten.ts';
import type { MatchBudget } from './match-budget.ts';

/** One step of the union of all paths that any pattern names. */
export interface FieldNode {
  /** Number of the field that ends here, or -1. */
  field: number;
  children: Map<string, FieldNode>;
  hasGrandchildren: boolean;
}

/** What one document has at the named fields. Valid until the next `read`. */
export interface FieldValues {
  /** Fields with at least one value. */
  present: readonly number[];
  /** Values by field; empty where the document has none. */
  of: readonly Scalar[][];
  /** 1 where an array lies above the field, so that conditions on its neighbours must agree on the element. */
  throughArray: Uint8Array;
  /** A dotted key was met: several ways may lead to one field. */
  needsTree: boolean;
}

const FEW_CHILDREN = 12;

/**
 * Reads documents at all named fields in one walk, visiting nothing that no pattern asks for. Throws when the budget is
 * used up.
 */
export function createFieldReader(fields: { root: FieldNode; count: number }): {
  read(root: unknown, within: MatchBudget): FieldValues;
} {
  const present: number[] = [];
  const of: Scalar[][] = Array.from({ length: fields.count }, () => []);
  const throughArray = new Uint8Array(fields.count);
  const values = { present, of, throughArray, needsTree: false };
  let budget: MatchBudget = { left: 0 };

  function clear(): void {
    for (const field of present) {
      const list = of[field];
      if (list) list.length = 0;
      throughArray[field] = 0;
    }
    present.length = 0;
    values.needsTree = false;
  }

  function collect(node: FieldNode, value: unknown, inArray: boolean): void {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        for (const element of flatten(value, budget)) {
          if (typeof element === 'object' && element !== null) {
            collectObject(node, element as Record<string, unknown>, true);
          } else if (node.field >= 0) add(node.field, element as Scalar, inArray);
        }
      } else {
        collectObject(node, value as Record<string, unknown>, inArray);
      }
    } else if (node.field >= 0 && value !== undefined) {
      add(node.field, value as Scalar, inArray);
    }
  }

  function add(field: number, value: Scalar, inArray: boolean): void {
    const list = of[field];
    if (!list) return;
    if (list.length === 0) present.push(field);
    list.push(value);
    if (inArray) throughArray[field] = 1;
  }

  function collectObject(node: FieldNode, value: Record<string, unknown>, inArray: boolean): void {
    const { children } = node;
    if (children.size === 0) return;
    if (children.size <= FEW_CHILDREN && !node.hasGrandchildren) {
      for (const [key, child] of children) {
        if (Object.hasOwn(value, key)) collect(child, value[key], inArray);
      }
      return;
    }
    for (const key in value) {
      const child = children.get(key);
      if (child !== undefined) collect(child, value[key], inArray);
      else if (node.hasGrandchildren && key.includes('.')) {
        collectDotted(node, key, value[key], inArray);
      }
    }
  }

  function collectDotted(node: FieldNode, dotted: string, value: unknown, inArray: boolean): void {
    let below: FieldNode | undefined = node;
    for (let from = 0, to = 0; below && to <= dotted.length; from = to + 1) {
      to = dotted.indexOf('.', from);
      if (to < 0) to = dotted.length;
      below = below.children.get(dotted.slice(from, to));
      if (to === dotted.length) break;
    }
    if (!below) return;
    values.needsTree = true;
    collect(below, value, inArray);
  }

  return {
    read(root, within) {
      clear();
      budget = within;
      collect(fields.root, root, false);
      return values;
    },
  };
}
