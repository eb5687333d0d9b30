import { describe, expect, test } from '@jest/globals';
import { compilePattern } from './compile-pattern.ts';
import { explainPattern } from './explain-pattern.ts';
import { matchPattern } from './match-pattern.ts';
import { createRoutingIndex } from './routing-index.ts';

/** The verdict, after all three ways to reach it have agreed. */
function matches(pattern: unknown, document: unknown): boolean {
  const compiled = compilePattern(pattern);
  const verdict = matchPattern(compiled, document);
  const { matched, failures } = explainPattern(compiled, document);
  expect(matched).toBe(verdict);
  expect(failures.length > 0).toBe(!verdict);
  const index = createRoutingIndex([{ id: 'sub_1', pattern: compiled }]);
  expect(index.match(document)).toEqual(verdict ? ['sub_1'] : []);
  return verdict;
}

type Row = [title: string, alternatives: unknown[], met: unknown[], unmet: unknown[]];
const ABSENT = Symbol('absent');
const documentWith = (value: unknown): unknown =>
  value === ABSENT ? { data: {} } : { data: { a: value } };
const others = [ABSENT, [], {}, { b: 1 }];

describe('each alternative is met by exactly these values', () => {
  test.each<Row>([
    [
      'a text',
      ['text'],
      ['text', ['x', 'text'], [['text']]],
      ['Text', 'text ', 'tex', null, '', ...others],
    ],
    [
      'a number',
      [300],
      [300, 3e2, JSON.parse('300.0'), JSON.parse('3.0e2')],
      ['300', 301, ...others],
    ],
    ['zero', [0], [0, -0], ['0', false, null, '']],
    ['true', [true], [true, [false, true]], [false, 'true', 1, ...others]],
    ['false', [false], [false], [true, 'false', 0, null, ...others]],
    ['null', [null], [null, [null]], ['', 'null', 0, false, ...others]],
    ['the empty text', [''], [''], [null, ' ', ...others]],
    [
      'several',
      ['x', 2, null, { prefix: 'y' }],
      ['x', 2, null, 'yes'],
      ['2', 'no', true, ...others],
    ],
    [
      'equals-ignore-case',
      [{ 'equals-ignore-case': 'AlIcE' }],
      ['alice', 'ALICE'],
      ['alicex', 1, null, ...others],
    ],
    ['equals-ignore-case of nothing', [{ 'equals-ignore-case': '' }], [''], ['x', null, ...others]],
    ['prefix', [{ prefix: 'ab' }], ['ab', 'abc'], ['Abc', 'xab', 12, null, ...others]],
    ['the empty prefix', [{ prefix: '' }], ['', 'x'], [1, null, ...others]],
    [
      'prefix ignoring case',
      [{ prefix: { 'equals-ignore-case': 'aB' } }],
      ['ABc', 'ab'],
      ['a', 'ba', ...others],
    ],
    ['suffix', [{ suffix: '.png' }], ['.png', 'a.png'], ['a.PNG', 'png', 1, ...others]],
    ['the empty suffix', [{ suffix: '' }], ['', 'x'], [1, null, ...others]],
    [
      'suffix ignoring case',
      [{ suffix: { 'equals-ignore-case': '.PnG' } }],
      ['a.png', '.PNG'],
      ['png', ...others],
    ],
    [
      'wildcard',
      [{ wildcard: 'a*b' }],
      ['ab', 'axxb', 'abab'],
      ['abc', 'xab', 'a', 1, null, ...others],
    ],
    [
      'wildcard with several stars',
      [{ wildcard: '*x*y*' }],
      ['xy', 'axbyc'],
      ['yx', 'x', ...others],
    ],
    [
      'wildcard that overlaps itself',
      [{ wildcard: 'aba*ba' }],
      ['ababa', 'abaxba'],
      ['aba', 'abba', ...others],
    ],
    ['wildcard without star', [{ wildcard: 'ab' }], ['ab'], ['abc', ...others]],
    [
      'wildcard with literals',
      [{ wildcard: '\\*\\\\*' }],
      ['*\\', '*\\x'],
      ['a\\', '*', ...others],
    ],
    ['the empty wildcard', [{ wildcard: '' }], [''], ['x', null, ...others]],
    ['a star alone', [{ wildcard: '*' }], ['', 'x'], [1, ...others]],
    [
      'anything but a text',
      [{ 'anything-but': 'x' }],
      ['y', '', null, 1, true, ['x', 'y']],
      ['x', ['x'], ...others],
    ],
    ['anything but texts', [{ 'anything-but': ['x', 'y'] }], ['z', null, 1], ['x', 'y', ...others]],
    ['anything but a number', [{ 'anything-but': 0 }], [1, '0', null, false], [0, -0, ...others]],
    ['anything but numbers', [{ 'anything-but': [1, 2] }], [3, '1'], [1, 2.0, ...others]],
    [
      'anything but a prefix',
      [{ 'anything-but': { prefix: 'ab' } }],
      ['xab', 12, null],
      ['abc', ...others],
    ],
    [
      'anything but prefixes',
      [{ 'anything-but': { prefix: ['a', 'b'] } }],
      ['c', 12, null],
      ['ax', 'bx', ...others],
    ],
    [
      'anything but a suffix',
      [{ 'anything-but': { suffix: 'z' } }],
      ['za', 12, null],
      ['az', ...others],
    ],
    [
      'anything but suffixes',
      [{ 'anything-but': { suffix: ['y', 'z'] } }],
      ['x'],
      ['ay', 'az', ...others],
    ],
    [
      'anything but a wildcard',
      [{ 'anything-but': { wildcard: 'a*z' } }],
      ['a', 1, null],
      ['az', 'abz', ...others],
    ],
    [
      'anything but wildcards',
      [{ 'anything-but': { wildcard: ['a*', '*z'] } }],
      ['b'],
      ['ab', 'bz', ...others],
    ],
    [
      'anything but ignoring case',
      [{ 'anything-but': { 'equals-ignore-case': 'Ab' } }],
      ['b', 1],
      ['AB', ...others],
    ],
    [
      'anything but several ignoring case',
      [{ 'anything-but': { 'equals-ignore-case': ['a', 'B'] } }],
      ['c'],
      ['A', 'b', ...others],
    ],
    ['numeric =', [{ numeric: ['=', 5] }], [5, 5.0], ['5', 6, null, ...others]],
    ['numeric <', [{ numeric: ['<', 5] }], [4.9, -1], [5, '4', null, ...others]],
    ['numeric <=', [{ numeric: ['<=', 5] }], [5], [5.1, ...others]],
    ['numeric >', [{ numeric: ['>', 5] }], [5.1], [5, ...others]],
    ['numeric >=', [{ numeric: ['>=', 5] }], [5], [4.9, ...others]],
    ['a range', [{ numeric: ['>', 1, '<=', 3] }], [1.1, 3], [1, 3.1, '2', ...others]],
    [
      'cidr of version 4',
      [{ cidr: '10.0.0.0/24' }],
      ['10.0.0.0', '10.0.0.255'],
      ['10.0.1.0', '10.0.0', '010.0.0.1', '::ffff:10.0.0.1', 10, null, ...others],
    ],
    ['cidr with odd bits', [{ cidr: '10.0.0.128/25' }], ['10.0.0.129'], ['10.0.0.127', ...others]],
    ['cidr of everything', [{ cidr: '0.0.0.0/0' }], ['1.2.3.4'], ['::1', 'host', ...others]],
    [
      'cidr of version 6',
      [{ cidr: '2001:db8::/32' }],
      ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1'],
      ['2001:db9::1', 'fe80::1%eth0', '10.0.0.1', ...others],
    ],
    ['exists', [{ exists: true }], ['', null, 0, false, [1]], others],
    ['exists not', [{ exists: false }], others, ['', null, 0, [null]]],
    ['exists not, or a value', [{ exists: false }, 'x'], ['x', ...others], ['y', null]],
    ['regex', [{ regex: '^ord-[0-9]+$' }], ['ord-12'], ['ord-', 'xord-1', 12, ...others]],
    ['regex anywhere', [{ regex: 'b+' }], ['abbc'], ['ac', 'b'.repeat(8193), ...others]],
    [
      'all-of',
      [{ 'all-of': [{ prefix: 'a' }, { suffix: 'z' }, { 'anything-but': 'abz' }] }],
      ['az', 'acz', ['b', 'az']],
      ['abz', 'a', 'z', ['ab', 'bz'], ...others],
    ],
  ])('%s', (_, alternatives, met, unmet) => {
    const pattern = { data: { a: alternatives } };
    for (const value of met)
      expect([value, matches(pattern, documentWith(value))]).toEqual([value, true]);
    for (const value of unmet)
      expect([value, matches(pattern, documentWith(value))]).toEqual([value, false]);
  });
});

describe('structure', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['fields are joined by AND', { a: [1], b: [2] }, { a: 1, b: 2 }, true],
    ['one failing field fails all', { a: [1], b: [2] }, { a: 1, b: 3 }, false],
    ['fields not named are ignored', { a: [1] }, { a: 1, b: 2 }, true],
    ['a missing parent fails', { a: { b: { c: [1] } } }, { a: { x: 1 } }, false],
    ['a missing parent is absence', { a: { b: { c: [{ exists: false }] } } }, { x: 1 }, true],
    ['a scalar parent is absence', { a: { b: [{ exists: false }] } }, { a: 5 }, true],
    ['keys are case-sensitive', { A: [1] }, { a: 1 }, false],
    ['a JSON text is not parsed', { data: { a: [1] } }, { data: '{"a":1}' }, false],
    ['detail means data', { detail: { a: [1] } }, { data: { a: 1 } }, true],
    ['detail-type means type', { 'detail-type': ['x'] }, { type: 'x' }, true],
    [
      'a foreign event may say detail',
      { data: { a: [1] }, type: ['x'] },
      { detail: { a: 1 }, 'detail-type': 'x' },
      true,
    ],
    [
      'detail is an alias at the root only',
      { data: { detail: [1] } },
      { data: { detail: 1 } },
      true,
    ],
    ['data wins over detail', { detail: [1] }, { data: 2, detail: 1 }, false],
    ['dots join in the pattern', { 'data.a.b': [1] }, { data: { a: { b: 1 } } }, true],
    ['dots join in the event', { data: { a: { b: [1] } } }, { data: { 'a.b': 1 } }, true],
    ['dots join from the root', { detail: { a: [1] } }, { 'detail.a': 1 }, true],
    ['dots and nesting lead to one field', { a: { b: [1] } }, { 'a.b': 2, a: { b: 1 } }, true],
    ['a field and one below it', { a: [1], 'a.b': [2] }, { a: 1, 'a.b': 2 }, true],
    [
      'a dotted key is longer than the path',
      { a: { b: { c: [1] } } },
      { 'a.b': { b: { c: 1 } } },
      false,
    ],
    ['a dotted pattern is longer than the path', { 'a.b': { b: [1] } }, { a: { b: 1 } }, false],
    ['naming a field again replaces it', { a: { b: [1] }, 'a.b': [2] }, { a: { b: 2 } }, true],
    ['no other field than the last counts', { a: { b: [1] }, 'a.b': [2] }, { a: { b: 1 } }, false],
  ])('%s', (_, pattern, document, verdict) => {
    expect(matches(pattern, document)).toBe(verdict);
  });

  test('of duplicate keys the last wins', () => {
    expect(matches(JSON.parse('{"a":[1],"a":[2]}'), JSON.parse('{"a":1,"a":2}'))).toBe(true);
  });
});

describe('$or', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['the first branch suffices', { $or: [{ a: [1] }, { b: [2] }] }, { a: 1 }, true],
    ['the second branch suffices', { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
    ['no branch is not enough', { $or: [{ a: [1] }, { b: [2] }] }, { a: 2, b: 1 }, false],
    ['the fields beside it count too', { c: [3], $or: [{ a: [1] }, { b: [2] }] }, { a: 1 }, false],
    ['inside an object', { d: { $or: [{ a: [1] }, { b: [2] }] } }, { d: { b: 2 } }, true],
    ['within a branch', { $or: [{ a: [1] }, { $or: [{ b: [2] }, { c: [3] }] }] }, { c: 3 }, true],
    [
      'two of them multiply',
      { a: { $or: [{ x: [1] }, { y: [1] }] }, b: { $or: [{ x: [1] }, { y: [1] }] } },
      { a: { y: 1 }, b: { x: 1 } },
      true,
    ],
    [
      'a branch replaces a field named before',
      { a: [1], $or: [{ a: [2] }, { b: [3] }] },
      { a: 2 },
      true,
    ],
    ['a branch with absence', { $or: [{ a: [{ exists: false }] }, { b: [2] }] }, {}, true],
    [
      'operators alone make it an ordinary field',
      { $or: [{ prefix: 'x' }, { suffix: 'y' }] },
      { $or: 'xa' },
      true,
    ],
    ['texts alone make it an ordinary field', { $or: ['x', 'y'] }, { $or: 'y' }, true],
    [
      'branches hold to the same element',
      { a: { b: [1], $or: [{ c: [2] }, { d: [3] }] } },
      { a: [{ b: 1 }, { c: 2 }] },
      false,
    ],
  ])('%s', (_, pattern, document, verdict) => {
    expect(matches(pattern, document)).toBe(verdict);
  });
});

describe('arrays', () => {
  const crossed = {
    a: [
      { x: 1, y: 2 },
      { x: 2, y: 1 },
    ],
  };
  test.each<[string, unknown, unknown, boolean]>([
    ['any element may meet a condition', { a: { x: [2] } }, crossed, true],
    ['one element must meet all', { a: { x: [1], y: [1] } }, crossed, false],
    ['one element meets all', { a: { x: [1], y: [2] } }, crossed, true],
    ['it holds for dotted patterns', { 'a.x': [1], 'a.y': [1] }, crossed, false],
    [
      'two arrays are independent',
      { a: { x: [1] }, b: { x: [2] } },
      { a: [{ x: 1 }], b: [{ x: 2 }] },
      true,
    ],
    [
      'it holds at every depth',
      { a: { b: { x: [1], y: [2] } } },
      { a: [{ b: [{ x: 1 }, { y: 2 }] }] },
      false,
    ],
    [
      'it holds across depths',
      { a: { x: [1], b: { y: [2] } } },
      {
        a: [
          { x: 1, b: [{ y: 3 }] },
          { x: 2, b: [{ y: 2 }] },
        ],
      },
      false,
    ],
    [
      'the same outer element',
      { a: { x: [1], b: { y: [2] } } },
      { a: [{ x: 2 }, { x: 1, b: [{ y: 3 }, { y: 2 }] }] },
      true,
    ],
    [
      'nested arrays are flattened',
      { a: { x: [1], y: [2] } },
      { a: [[[{ x: 1, y: 2 }]], []] },
      true,
    ],
    [
      'absence in the element that holds the rest',
      { a: { x: [1], z: [{ exists: false }] } },
      { a: [{ x: 1 }, { z: 1 }] },
      true,
    ],
    [
      'whatever the order of the names',
      { a: { b: [{ exists: false }], x: [1] } },
      { a: [{ x: 1 }, { b: 1 }] },
      true,
    ],
    [
      'absence alone means in no element',
      { a: { z: [{ exists: false }] } },
      { a: [{ x: 1 }, { z: 1 }] },
      false,
    ],
    ['an empty array is absence', { a: { z: [{ exists: false }] } }, { a: [] }, true],
    ['a scalar beside objects', { a: ['x'] }, { a: [{ y: 1 }, 'x'] }, true],
    [
      'a dotted key joins every element',
      { a: { x: [1], y: [2] } },
      { a: [{ x: 1 }], 'a.y': 2 },
      true,
    ],
  ])('%s', (_, pattern, document, verdict) => {
    expect(matches(pattern, document)).toBe(verdict);
  });
});

describe('hostile input is harmless', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a field named %s',
    (name) => {
      const pattern = JSON.parse(`{"data":{"${name}":{"${name}":["x"]}}}`) as unknown;
      expect(matches(pattern, { data: {} })).toBe(false);
      expect(matches(pattern, JSON.parse(`{"data":{"${name}":{"${name}":"x"}}}`))).toBe(true);
      expect(matches(pattern, JSON.parse(`{"data.${name}":{"${name}":"x"}}`))).toBe(true);
      const absent = JSON.parse(`{"data":{"${name}":[{"exists":false}]}}`) as unknown;
      expect(matches(absent, { data: { a: 1 } })).toBe(true);
      expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    },
  );

  test('arrays and objects nested 100,000 deep do not exhaust the stack', () => {
    let arrays: unknown = 1;
    let objects: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) {
      arrays = [arrays];
      objects = { a: objects };
    }
    expect(matches({ data: { a: [1] } }, { data: { a: arrays } })).toBe(true);
    expect(matches({ data: { a: { a: [1] } } }, { data: objects })).toBe(false);
  });

  test('a document that is no object matches nothing but absence', () => {
    for (const document of [null, 1, 'x', [], undefined]) {
      expect(matchPattern(compilePattern({ a: [{ exists: true }] }), document)).toBe(false);
      expect(matchPattern(compilePattern({ a: [{ exists: false }] }), document)).toBe(true);
    }
  });
});
