import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GatewayError } from '../domain/errors.ts';
import { JsonScanner } from './json-scanner.ts';

function accepts(text: string | Uint8Array): boolean {
  try {
    const scanner = new JsonScanner(Buffer.from(text), 200);
    scanner.value(0);
    scanner.end();
    return true;
  } catch (error) {
    if (error instanceof GatewayError) return false;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON values printed in odd ways: white space, escapes, exponents, repeated keys. */
const space = fc.constantFrom('', '', ' ', '\n', '\t\r ');
const oddString = fc
  .array(
    fc.oneof(
      fc
        .string({ unit: 'grapheme', maxLength: 4 })
        .map((text) => JSON.stringify(text).slice(1, -1)),
      fc.constantFrom('\\u0041', '\\/', '\\ud83d\\uDE00', '\\ud800', '\\u0000', '__proto__', '€'),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`);
const oddNumber = fc.constantFrom(
  '0',
  '-0',
  '1.0',
  '1e2',
  '1E-2',
  '12345678901234567890',
  '-3.25e+7',
);
const { value: oddJson } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(oddNumber, oddString, fc.constantFrom('true', 'false', 'null')),
    fc.array(fc.tuple(space, tie('value'), space), { maxLength: 4 }).map((items) => {
      return `[${items.map((item) => item.join('')).join(',')}]`;
    }),
    fc
      .array(fc.tuple(space, oddString, space, tie('value'), space), { maxLength: 4 })
      .map((members) => {
        const texts = members.map(([a, key, b, value, c]) => `${a}${key}${b}:${b}${value}${c}`);
        return `{${texts.join(',')}}`;
      }),
  ),
}));

describe('the scanner', () => {
  test('accepts every way to print JSON', () => {
    fc.assert(fc.property(oddJson, (text) => accepts(text) && parses(text)));
  });

  test('accepts what JSON.parse accepts, and nothing else, when a text is damaged', () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.constantFrom(...Array.from('{}[]",:\\0.-+eEtfnu x\t\n\u0001')),
    );
    fc.assert(
      fc.property(oddJson, damage, (text, [where, cut, insert]) => {
        const at = where % (text.length + 1);
        const damaged = (text.slice(0, at) + insert + text.slice(at + cut)).toWellFormed();
        expect(accepts(damaged)).toBe(parses(damaged));
      }),
      { numRuns: 2000 },
    );
  });

  test('agrees with JSON.parse on short texts of JSON characters', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('{}[]",:\\01.-+eEtrufalsn ')),
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, (short) => {
        expect(accepts(short)).toBe(parses(short));
      }),
      { numRuns: 3000 },
    );
  });

  test('finds the same members as JSON.parse, the last of equal keys', () => {
    const object = fc
      .array(fc.tuple(oddString, oddJson), { maxLength: 6 })
      .map((members) => `{${members.map(([key, value]) => `${key} : ${value}`).join(' ,')}}`);
    fc.assert(
      fc.property(object, (text) => {
        const scanner = new JsonScanner(Buffer.from(text), 200);
        const found = [...scanner.members(0)].map(([key, span]): [string, unknown] => [
          key,
          JSON.parse(scanner.text(span)),
        ]);
        const expected = Object.entries(JSON.parse(text) as object);
        expect(new Map(found)).toEqual(new Map(expected));
      }),
    );
  });

  test.each([
    '01',
    '-',
    '1.',
    '.5',
    '+1',
    '1e',
    'nul',
    'nulll',
    'NaN',
    '"\\x"',
    '"\\u00g0"',
    '"a',
    "'a'",
    '[1,]',
    '[,1]',
    '{"a"}',
    '{a:1}',
    '{"a":1,}',
    '[1}',
    '1 2',
    '\u00a01',
    '',
    ' ',
  ])('%j is refused', (text) => {
    expect(accepts(text)).toBe(false);
  });

  test.each([[0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]])(
    'bytes %j inside a string are not UTF-8 and refused',
    (...bytes) => {
      expect(accepts(Buffer.concat([Buffer.from('"'), Buffer.from(bytes), Buffer.from('"')]))).toBe(
        false,
      );
    },
  );

  test('a million open brackets are refused at once', () => {
    expect(accepts('['.repeat(1_000_000))).toBe(false);
    expect(accepts('{"a":'.repeat(200_000))).toBe(false);
  });
});
