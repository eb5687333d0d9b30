/** One value that differs between two states of a thing. */
export interface Change {
  /** Where it stands, such as `retry.scheduleSeconds`. */
  path: string;
  /** As JSON; null: there was none. */
  before: string | null;
  after: string | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What differs between two JSON values, member by member; lists count as one value. */
export function changesOf(before: unknown, after: unknown, path = ''): Change[] {
  if (isRecord(before) || isRecord(after)) {
    const left = isRecord(before) ? before : {};
    const right = isRecord(after) ? after : {};
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) =>
      changesOf(left[name], right[name], path === '' ? name : `${path}.${name}`),
    );
  }
  const left = textOf(before);
  const right = textOf(after);
  return left === right ? [] : [{ path, before: left, after: right }];
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
