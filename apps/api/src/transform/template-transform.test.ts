import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileTemplate } from './compile-template.ts';
import { parseExact } from './parse-exact.ts';
import { escapeJson, renderTemplate } from './render-template.ts';
import { SourceFault } from './template-place.ts';
import { compileTemplateTransform } from './template-transform.ts';

const fill = (template: string, json: string): string =>
  renderTemplate(compileTemplate(template), parseExact(json), escapeJson, 100_000);

function faultAt(template: string): number | null {
  try {
    compileTemplate(template);
    return null;
  } catch (error) {
    if (error instanceof SourceFault) return error.offset;
    throw error;
  }
}

describe('a filled template', () => {
  test.each([
    ['a whole value', '{"id":{{ data.id }}}', '{"data":{"id":"a\\"b"}}', '{"id":"a\\"b"}'],
    ['an object as whole value', '{{data}}', '{"data":{"b":[1,null]}}', '{"b":[1,null]}'],
    [
      'a part of a string',
      '"order {{ data.id }}!"',
      '{"data":{"id":"a\\"\\\\\\nb"}}',
      '"order a\\"\\\\\\nb!"',
    ],
    ['a number in a string', '"{{data.n}}"', '{"data":{"n":1.50}}', '"1.50"'],
    ['an object in a string', '"{{data}}"', '{"data":{"a":"x"}}', '"{\\"a\\":\\"x\\"}"'],
    ['a name', '{"{{data.k}}": 1}', '{"data":{"k":"x\\"y"}}', '{"x\\"y": 1}'],
    ['an index', '{{ data.items[1].id }}', '{"data":{"items":[{"id":1},{"id":2}]}}', '2'],
    ['nested indexes', '{{ data[0][1] }}', '{"data":[[1,2]]}', '2'],
    ['a missing whole value', '[{{ data.x.y }}]', '{"data":{}}', '[null]'],
    ['a missing text', '"a{{ data.x }}b"', '{}', '"ab"'],
    ['null in a string', '"a{{ data }}b"', '{"data":null}', '"ab"'],
    [
      'numbers beyond 2^53',
      '{{data}}',
      '{"data":[9007199254740993,1e400,1.0]}',
      '[9007199254740993,1e400,1.0]',
    ],
    ['a prototype is no value', '{{ data.constructor }}', '{"data":{}}', 'null'],
    ['a length is no value', '{{ data.length }}', '{"data":[1]}', 'null'],
    [
      'the template as it is',
      ' { "a" : [ 1 , "x\\u0041" ] } ',
      '{}',
      ' { "a" : [ 1 , "x\\u0041" ] } ',
    ],
  ])('%s', (_, template, json, expected) => {
    expect(fill(template, json)).toBe(expected);
  });
});

describe('a template that could yield invalid JSON is refused, with the offset', () => {
  test.each<[string, string, number]>([
    ['nothing', '', 0],
    ['two values', '{{a}}{{b}}', 5],
    ['a digit before a place', '1{{a}}', 1],
    ['a place before a digit', '{{a}}1', 5],
    ['a place as bare name', '{ {{a}}: 1}', 2],
    ['a place between members', '{"a":1,{{b}}}', 7],
    ['an open object', '{"a":{{b}}', 10],
    ['an open string', '"{{a}}', 0],
    ['an open place', '{"a":{{ b }', 5],
    ['an empty place', '{{ }}', 0],
    ['a place inside an escape', '"\\u{{a}}0041"', 1],
    ['a place after a backslash', '"\\{{a}}"', 1],
    ['a line break in a string', '"a\nb"', 2],
    ['a trailing comma', '[1,]', 3],
    ['a wrong bracket', '[1}', 2],
    ['an expression', '{{ a + 1 }}', 0],
    ['a path with two dots', '{{ a..b }}', 0],
    ['a path that begins with an index', '{{ [0].a }}', 0],
    ['a leading zero', '[01]', 1],
    ['text after the end', '{} x', 3],
    ['a lone minus', '-', 0],
  ])('%s', (_, template, offset) => {
    expect(faultAt(template)).toBe(offset);
  });
});

const place = fc.constantFrom(
  '{{ data.a }}',
  '{{data.b[0]}}',
  '{{ data }}',
  '{{ type }}',
  '{{ x.y }}',
);
const literalText = fc
  .string()
  .map((text) => JSON.stringify(text.replaceAll('{', '')).slice(1, -1));
const stringWithPlaces = fc
  .array(fc.oneof(literalText, place), { maxLength: 4 })
  .map((parts) => `"${parts.join('')}"`);
const { template } = fc.letrec((tie) => ({
  template: fc.oneof(
    { depthSize: 'small' },
    place,
    stringWithPlaces,
    fc.constantFrom('null', '-1.5e3', 'true'),
    fc.array(tie('template'), { maxLength: 3 }).map((items) => `[ ${items.join(', ')} ]`),
    fc
      .array(fc.tuple(stringWithPlaces, tie('template')), { maxLength: 3 })
      .map((members) => `{${members.map(([key, value]) => `${key}: ${String(value)}`).join(',')}}`),
  ),
}));

describe('for any template and any values', () => {
  const input = fc
    .record({ type: fc.string({ unit: 'binary' }), data: fc.jsonValue() })
    .map((value) => JSON.stringify(value));

  test('what the compiler takes yields JSON', () => {
    const property = fc.property(template, input, (source, json) => {
      expect(() => JSON.parse(fill(source, json)) as unknown).not.toThrow();
    });
    fc.assert(property, { numRuns: 1000 });
  });

  test('damaged templates are refused or still yield JSON', () => {
    const seen = { taken: 0, refused: 0 };
    const damage = fc
      .tuple(template, fc.nat(), fc.constantFrom('', '{{x}}', '"', '\\', '1', '}', ',', '\\u'))
      .map(([source, at, insert]) => {
        const offset = at % (source.length + 1);
        return source.slice(0, offset) + insert + source.slice(offset + 1);
      });
    const property = fc.property(damage, input, (source, json) => {
      const isRefused = faultAt(source) !== null;
      seen[isRefused ? 'refused' : 'taken'] += 1;
      if (!isRefused) JSON.parse(fill(source, json));
    });
    fc.assert(property, { numRuns: 3000 });
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(200);
  });
});

describe('headers and path of a template', () => {
  const run = (parts: { headers?: Record<string, string>; path?: string }, json: string) =>
    compileTemplateTransform({ language: 'template', body: '{}', ...parts })(json, 1000);

  test('are filled, the path percent-encoded', () => {
    const json = '{"data":{"id":"a/b ?","n":5}}';
    expect(
      run(
        {
          headers: { 'x-n': 'n={{data.n}}', 'x-none': '{{data.none}}' },
          path: '/orders/{{data.id}}',
        },
        json,
      ),
    ).toMatchObject({
      outcome: 'ok',
      headers: { 'x-n': 'n=5' },
      path: '/orders/a%2Fb%20%3F',
    });
  });

  test('a line break cannot start another header', () => {
    expect(run({ headers: { 'x-a': '{{data}}' } }, '{"data":"a\\r\\nx-b: 1"}')).toMatchObject({
      outcome: 'failed',
      message: 'The header x-a holds a character that HTTP does not allow.',
    });
  });

  test('a path cannot lead to another host', () => {
    expect(run({ path: '//evil.example' }, '{}')).toMatchObject({ outcome: 'failed' });
    expect(run({ path: 'https://evil.example' }, '{}')).toMatchObject({ outcome: 'failed' });
  });
});
