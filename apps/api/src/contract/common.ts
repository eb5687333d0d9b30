import { z } from 'zod';

/** RFC 3339 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime({ offset: true });

/** An entity's name as people read it. */
export const Name = z.string().trim().min(1).max(100);

export const Description = z.string().max(2000);

/** Opaque text of an earlier answer's `nextCursor`. */
export const Cursor = z.string().min(1).max(2048);

export const Limit = z.coerce.number().int().min(1).max(200).default(50);

export const PageQuery = z.strictObject({ limit: Limit, cursor: Cursor.optional() });

/** A repeatable query parameter: one value or many become a list; values are ORed. */
export function repeatable<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(100).optional(),
  );
}

/** A page of a list, newest first. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}

/** HTTP header names and values that a person may set. */
export const HeaderMap = z.record(
  z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be an HTTP header name'),
  z
    .string()
    .max(4096)
    .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must not hold control characters'),
);

/** An id of ours with a known prefix, such as `evt_01j…`. */
export function idOf(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`), `must be an id such as ${prefix}_…`);
}
