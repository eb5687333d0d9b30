/** Names of members and, under each, those of its own; members of list items count as members of the list. */
export type FieldTree = Map<string, FieldTree>;

const MOST_DEPTH = 12;

/** Adds the members of a value to a tree. */
export function addValue(tree: FieldTree, value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) addValue(tree, item, depth + 1);
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    addValue(childOf(tree, name), member, depth + 1);
  }
}

/** Adds the members that a JSON Schema names. */
export function addSchema(tree: FieldTree, schema: unknown, depth = 0): void {
  if (typeof schema !== 'object' || schema === null || depth > MOST_DEPTH) return;
  const { properties, items } = schema as { properties?: unknown; items?: unknown };
  if (items !== undefined) addSchema(tree, items, depth + 1);
  if (typeof properties !== 'object' || properties === null) return;
  for (const [name, member] of Object.entries(properties)) {
    addSchema(childOf(tree, name), member, depth + 1);
  }
}

/** The names under a path; none where the path leads nowhere. */
export function namesAt(tree: FieldTree, path: readonly string[]): string[] {
  let at: FieldTree | undefined = tree;
  for (const name of path) at = at?.get(name);
  return at === undefined ? [] : [...at.keys()].sort();
}

function childOf(tree: FieldTree, name: string): FieldTree {
  const known = tree.get(name);
  if (known !== undefined) return known;
  const child: FieldTree = new Map();
  tree.set(name, child);
  return child;
}
