import { z } from 'zod';
import type { JsonSchema } from './name-schemas.ts';

/** The query parameters of a schema; repeatable ones are lists, given once for each value. */
export function describeQuery(query: z.ZodType | undefined): JsonSchema[] {
  if (!(query instanceof z.ZodObject)) return [];
  const printed = z.toJSONSchema(query, { io: 'output', unrepresentable: 'any' });
  return Object.entries(query.shape as Record<string, z.ZodType>).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: printed.properties?.[name] ?? {},
    explode: true,
  }));
}
