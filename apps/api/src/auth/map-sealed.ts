import type { Sealed } from '../domain/resources.ts';

/** A copy of a record's body with every sealed secret in it, however deep, put through `change`. */
export function mapSealed<T>(body: T, change: (sealed: Sealed) => Sealed): T {
  return mapValue(body, change) as T;
}

function mapValue(value: unknown, change: (sealed: Sealed) => Sealed): unknown {
  if (Array.isArray(value)) return value.map((item) => mapValue(item, change));
  if (typeof value !== 'object' || value === null) return value;
  if (isSealed(value)) return change(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapValue(member, change)]),
  );
}

function isSealed(value: object): value is Sealed {
  return (
    'keyId' in value &&
    'box' in value &&
    typeof value.keyId === 'string' &&
    typeof value.box === 'string'
  );
}
