import jsonata from 'jsonata';
import { SourceFault } from './template-place.ts';

/** A compiled expression: parsed event in, JSON-like value or undefined out. */
export type Expression = (input: unknown) => Promise<unknown>;

const MAX_SEQUENCE = 100_000;

/**
 * Compiles a JSONata expression. `$eval` is taken away: what runs must be what was saved and checked. Throws
 * `SourceFault`.
 */
export function compileJsonata(source: string, depth: number): Expression {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(source, { stack: depth, sequence: MAX_SEQUENCE });
  } catch (error) {
    const { message, position } = describeJsonataError(error);
    throw new SourceFault(message, position ?? 0);
  }
  expression.registerFunction('eval', () => {
    throw new Error('$eval is not available in transforms.');
  });
  return (input) => expression.evaluate(input);
}

/** What JSONata says went wrong, and at which offset. It throws plain objects as well as errors. */
export function describeJsonataError(error: unknown): { message: string; position: number | null } {
  if (error instanceof SourceFault) return { message: error.message, position: error.offset };
  if (error instanceof RangeError)
    return { message: 'The expression nests too deeply.', position: null };
  if (typeof error !== 'object' || error === null)
    return { message: String(error), position: null };
  const { message, position } = error as { message?: unknown; position?: unknown };
  return {
    message: typeof message === 'string' && message !== '' ? message : 'The expression failed.',
    position: typeof position === 'number' ? position : null,
  };
}
