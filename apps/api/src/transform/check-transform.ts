import type { Fault } from '../domain/errors.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Transform } from '../domain/resources.ts';
import { compileTemplate } from './compile-template.ts';
import { compileText } from './compile-text.ts';
import { compileJsonata } from './jsonata-expression.ts';
import { SourceFault } from './template-place.ts';
import {
  DEFAULT_TRANSFORM_LIMITS,
  MAX_SOURCE_LENGTH,
  MAX_TRANSFORM_HEADERS,
} from './transform-limits.ts';

/** Why a header cannot be sent, for a person to read; null when it can. */
type HeaderFault = (name: string, value: string) => string | null;

/**
 * Refuses a transform that cannot run, or makes a header that is never sent: throws `GatewayError('invalid_transform')` with a
 * fault for each expression, its JSON pointer (`/transform/body`, `/transform/headers/<name>`, `/transform/path`) and the line,
 * column and offset.
 */
export function checkTransform(transform: Transform, headerFault: HeaderFault): void {
  const faults = [...faultsOf(transform, headerFault)];
  const [first] = faults;
  if (!first) return;
  const message = `The transform is not valid at ${first.pointer}: ${first.detail}`;
  throw new GatewayError('invalid_transform', message, { faults });
}

function* faultsOf(transform: Transform, headerFault: HeaderFault): Generator<Fault> {
  const { language, body, headers = {}, path } = transform;
  const isTemplate = language === 'template';
  yield* faultsIn('/transform/body', body, isTemplate ? compileTemplate : compileExpression);
  const compilePart = isTemplate ? compileText : compileExpression;
  const names = Object.entries(headers);
  if (names.length > MAX_TRANSFORM_HEADERS) {
    const detail = `expected at most ${MAX_TRANSFORM_HEADERS} headers, got ${names.length}`;
    yield { pointer: '/transform/headers', code: 'too_many', detail };
  }
  for (const [name, source] of names) {
    const pointer = `/transform/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const detail = headerFault(name, '');
    if (detail !== null) yield { pointer, code: 'forbidden_header', detail };
    yield* faultsIn(pointer, source, compilePart);
  }
  if (path !== undefined) yield* faultsIn('/transform/path', path, compilePart);
}

function* faultsIn(
  pointer: string,
  source: string,
  compile: (source: string) => unknown,
): Generator<Fault> {
  if (source.length > MAX_SOURCE_LENGTH) {
    const detail = `expected at most ${MAX_SOURCE_LENGTH} characters, got ${source.length}`;
    yield { pointer, code: 'too_large', detail };
    return;
  }
  try {
    compile(source);
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    yield {
      pointer,
      code: 'syntax',
      detail: `${error.message} (${placeOf(source, error.offset)})`,
    };
  }
}

function compileExpression(source: string): void {
  compileJsonata(source, DEFAULT_TRANSFORM_LIMITS.depth);
}

function placeOf(source: string, offset: number): string {
  const lines = source.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}, offset ${offset}`;
}
