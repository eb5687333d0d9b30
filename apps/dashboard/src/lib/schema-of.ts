const MOST_DEPTH = 12;
type Members = Record<string, unknown>;

/** A first JSON Schema for payloads like these: the types that were seen, and as required what all of them have. */
export function schemaOf(values: readonly unknown[], depth = 0): Members {
  const known = values.filter((value) => value !== null);
  const types = [...new Set(values.map(typeOf))].sort();
  if (known.length === 0 || depth > MOST_DEPTH) return {};
  const type = types.length === 1 ? types[0] : types;
  const lists = known.filter((value): value is unknown[] => Array.isArray(value));
  const objects = known.filter(isMembers);
  const items = lists.flat();
  return {
    type,
    ...(objects.length === 0 ? {} : membersOf(objects, depth)),
    ...(items.length === 0 ? {} : { items: schemaOf(items, depth + 1) }),
  };
}

function membersOf(objects: readonly Members[], depth: number): Members {
  const names = [...new Set(objects.flatMap(Object.keys))];
  const valuesOf = (name: string) =>
    objects.filter((each) => name in each).map((each) => each[name]);
  return {
    required: names.filter((name) => objects.every((each) => name in each)),
    properties: Object.fromEntries(
      names.map((name) => [name, schemaOf(valuesOf(name), depth + 1)]),
    ),
  };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
