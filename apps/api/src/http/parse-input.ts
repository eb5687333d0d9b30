import type { z } from 'zod';
import { GatewayError } from '../domain/errors.ts';
import type { Input } from './exchange.ts';
import { faultsOf } from './faults.ts';

/**
 * The input with query and body checked and converted by their schemas; without a schema the query is dropped and the
 * body stays as it was read. Throws `invalid_request` with one fault for each thing that is wrong.
 */
export function parseInput<Params, Query extends z.ZodType, Body extends z.ZodType>(
  schemas: { query?: Query; body?: Body },
  input: Input,
): Input<Params, z.output<Query>, z.output<Body>> {
  const query = schemas.query ? parse(schemas.query, input.query, 'query') : undefined;
  const body = schemas.body ? parse(schemas.body, input.body, 'body') : input.body;
  return { ...input, query, body } as Input<Params, z.output<Query>, z.output<Body>>;
}

function parse(schema: z.ZodType, value: unknown, where: 'body' | 'query'): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = faultsOf(result.error, where);
  const rest = faults.length > 1 ? ` (${faults.length} faults in all; see errors)` : '';
  throw new GatewayError(
    'invalid_request',
    `${faults[0]?.detail ?? 'The input is not valid.'}${rest}`,
    {
      faults,
    },
  );
}
