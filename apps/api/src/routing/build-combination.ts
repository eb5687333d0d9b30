import type { Combination, Leaf, PatternNode } from './compiled-pattern.ts';

interface Draft {
  leaf: Leaf | null;
  children: Map<string, Draft>;
}

/** Arranges leaves by their paths, so that those below one step are judged on the same array element. */
export function buildCombination(leaves: readonly Leaf[]): Combination {
  const root: Draft = { leaf: null, children: new Map() };
  for (const leaf of leaves) {
    let draft = root;
    for (const step of leaf.path) {
      let next = draft.children.get(step);
      if (!next) {
        next = { leaf: null, children: new Map() };
        draft.children.set(step, next);
      }
      draft = next;
    }
    draft.leaf = leaf;
  }
  return { leaves, root: finish(root) };
}

// As deep as the pattern, which the compiler limits.
function finish(draft: Draft): PatternNode {
  const children = [...draft.children].map(([key, child]) => ({ key, node: finish(child) }));
  children.sort((a, b) => a.node.children.length - b.node.children.length);
  const childrenAllowAbsent = children.every(({ node }) => node.allowsAbsent);
  return {
    leaf: draft.leaf,
    children,
    childrenAllowAbsent,
    allowsAbsent: childrenAllowAbsent && (draft.leaf?.allowsAbsent ?? true),
    hasGrandchildren: children.some(({ node }) => node.children.length > 0),
    isChain: children.length === (draft.leaf ? 0 : 1) && children.every(({ node }) => node.isChain),
  };
}
