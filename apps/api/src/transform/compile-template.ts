import { readPlace, SourceFault } from './template-place.ts';
import type { TemplateSegment } from './template-place.ts';

type Expectation = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'next' | 'nothing';

/**
 * Compiles a JSON text with places in it: `{"id": "order {{ data.id }}", "items": {{ data.items }}}`. Only what yields
 * valid JSON for any values passes: a place is a whole value, or part of a string. Throws `SourceFault`.
 */
export function compileTemplate(source: string): readonly TemplateSegment[] {
  const segments: TemplateSegment[] = [];
  const open: ('{' | '[')[] = [];
  let expected = FIRST;
  let offset = 0;
  let copied = 0;

  function place(kind: 'value' | 'text'): void {
    const { path, end } = readPlace(source, offset);
    if (offset > copied) segments.push({ kind: 'static', text: source.slice(copied, offset) });
    segments.push({ kind, path });
    offset = end;
    copied = end;
  }

  function string(): void {
    const start = offset;
    offset += 1;
    while (source.charAt(offset) !== '"') {
      if (offset >= source.length) throw new SourceFault('The string is not closed.', start);
      if (source.startsWith('{{', offset)) place('text');
      else offset += lengthInString(source, offset);
    }
    offset += 1;
  }

  function value(): void {
    const character = source.charAt(offset);
    if (source.startsWith('{{', offset)) place('value');
    else if (character === '"') string();
    else if (character === '{' || character === '[') {
      open.push(character);
      offset += 1;
      expected = character === '{' ? 'key or end' : 'value or end';
      return;
    } else offset += lengthOfLiteral(source, offset);
    expected = afterValue(open);
  }

  function close(): void {
    open.pop();
    offset += 1;
    expected = afterValue(open);
  }

  for (;;) {
    offset += lengthOfSpace(source, offset);
    const character = source.charAt(offset);
    if (character === '') break;
    const isKeyExpected = expected.startsWith('key');
    const isEnd = character === (open.at(-1) === '{' ? '}' : ']') && open.length > 0;
    if (
      isEnd &&
      (expected === 'key or end' || expected === 'value or end' || expected === 'next')
    ) {
      close();
    } else if (expected === 'value' || expected === 'value or end') value();
    else if (character === '"' && isKeyExpected) {
      string();
      expected = 'colon';
    } else if (character === ':' && expected === 'colon') {
      offset += 1;
      expected = 'value';
    } else if (character === ',' && expected === 'next') {
      offset += 1;
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else
      throw new SourceFault(
        `Unexpected ${JSON.stringify(character)}: ${EXPECTED[expected]}.`,
        offset,
      );
  }
  if (expected !== 'nothing') {
    throw new SourceFault(`The template ends too early: ${EXPECTED[expected]}.`, source.length);
  }
  if (source.length > copied) segments.push({ kind: 'static', text: source.slice(copied) });
  return segments;
}

const FIRST: Expectation = 'value';

const EXPECTED: Readonly<Record<Expectation, string>> = {
  value: 'expected a JSON value or a place',
  'value or end': 'expected a JSON value, a place or the end of the array',
  key: 'expected a name in double quotes',
  'key or end': 'expected a name in double quotes or the end of the object',
  colon: 'expected a colon',
  next: 'expected a comma or the closing bracket',
  nothing: 'expected nothing more after the value',
};

function afterValue(open: readonly string[]): Expectation {
  return open.length === 0 ? 'nothing' : 'next';
}

function lengthOfSpace(source: string, offset: number): number {
  return matchAt(/[ \t\n\r]*/y, source, offset);
}

function lengthOfLiteral(source: string, offset: number): number {
  const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
  const length = matchAt(literal, source, offset);
  if (length === 0) throw new SourceFault('Expected a JSON value or a place.', offset);
  return length;
}

function lengthInString(source: string, offset: number): number {
  const length = matchAt(
    /[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy,
    source,
    offset,
  );
  if (length === 0)
    throw new SourceFault('This character or escape is not allowed in a JSON string.', offset);
  return length;
}

function matchAt(pattern: RegExp, source: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0].length ?? 0;
}
