import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../domain/errors.ts';
import { compilePattern } from './compile-pattern.ts';

function faultsOf(pattern: unknown): readonly { pointer: string; code: string; detail: string }[] {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'invalid_pattern') return error.faults;
    throw error;
  }
  return [];
}

function nested(levels: number): unknown {
  let pattern: unknown = [1];
  for (let level = 0; level < levels; level += 1) pattern = { a: pattern };
  return pattern;
}

const bigOr = (branches: number) => ({
  $or: Array.from({ length: branches }, (_, index) => ({ [`f${index}`]: [1] })),
});

describe('a pattern that is not valid is refused with the place of the fault', () => {
  test.each<[string, unknown, string, string]>([
    ['a text', 'order', '', 'pattern'],
    ['an array', [{ a: [1] }], '', 'pattern'],
    ['null', null, '', 'pattern'],
    ['an empty object', {}, '', 'empty_object'],
    ['an empty object inside', { data: { a: {} } }, '/data/a', 'empty_object'],
    ['a bare text', { type: 'order.created' }, '/type', 'leaf'],
    ['a bare number', { data: { a: 1 } }, '/data/a', 'leaf'],
    ['a bare null', { data: null }, '/data', 'leaf'],
    ['an empty array', { data: { a: [] } }, '/data/a', 'leaf'],
    ['an array in an array', { a: [[1]] }, '/a/0', 'alternative'],
    ['an unknown operator', { a: [1, { like: 'x' }] }, '/a/1/like', 'unknown_operator'],
    ['an operator in capitals', { a: [{ EXISTS: true }] }, '/a/0/EXISTS', 'unknown_operator'],
    ['two operators in one object', { a: [{ prefix: 'x', suffix: 'y' }] }, '/a/0', 'operator'],
    ['no operator', { a: [{}] }, '/a/0', 'operator'],
    [
      'a list to ignore case of',
      { a: [{ 'equals-ignore-case': ['x'] }] },
      '/a/0/equals-ignore-case',
      'operand',
    ],
    ['a prefix that is a number', { a: [{ prefix: 1 }] }, '/a/0/prefix', 'operand'],
    ['a list of prefixes', { a: [{ prefix: ['x'] }] }, '/a/0/prefix', 'operand'],
    [
      'a prefix with another operator',
      { a: [{ prefix: { suffix: 'x' } }] },
      '/a/0/prefix',
      'operand',
    ],
    ['a suffix that is a number', { a: [{ suffix: 1 }] }, '/a/0/suffix', 'operand'],
    ['a wildcard that is a number', { a: [{ wildcard: 1 }] }, '/a/0/wildcard', 'operand'],
    ['a list of wildcards', { a: [{ wildcard: ['a*'] }] }, '/a/0/wildcard', 'operand'],
    ['two stars', { a: [{ wildcard: 'a**b' }] }, '/a/0/wildcard', 'operand'],
    ['an unknown escape', { a: [{ wildcard: 'a\\n' }] }, '/a/0/wildcard', 'operand'],
    ['a lone backslash', { a: [{ wildcard: 'a\\' }] }, '/a/0/wildcard', 'operand'],
    ['too many stars', { a: [{ wildcard: 'a*'.repeat(17) }] }, '/a/0/wildcard', 'operand'],
    ['anything but a boolean', { a: [{ 'anything-but': true }] }, '/a/0/anything-but', 'operand'],
    ['anything but null', { a: [{ 'anything-but': [null] }] }, '/a/0/anything-but', 'operand'],
    [
      'anything but a mixture',
      { a: [{ 'anything-but': [1, 'x'] }] },
      '/a/0/anything-but',
      'operand',
    ],
    ['anything but nothing', { a: [{ 'anything-but': [] }] }, '/a/0/anything-but', 'operand'],
    [
      'anything but the empty prefix',
      { a: [{ 'anything-but': { prefix: '' } }] },
      '/a/0/anything-but',
      'operand',
    ],
    [
      'anything but the empty suffix',
      { a: [{ 'anything-but': { suffix: ['x', ''] } }] },
      '/a/0/anything-but',
      'operand',
    ],
    [
      'anything but a prefix without case',
      { a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }] },
      '/a/0/anything-but',
      'operand',
    ],
    [
      'anything but a number as prefix',
      { a: [{ 'anything-but': { prefix: [1] } }] },
      '/a/0/anything-but',
      'operand',
    ],
    [
      'anything but a bad wildcard',
      { a: [{ 'anything-but': { wildcard: '**' } }] },
      '/a/0/anything-but',
      'operand',
    ],
    [
      'anything but a numeric',
      { a: [{ 'anything-but': { numeric: ['=', 1] } }] },
      '/a/0/anything-but',
      'operand',
    ],
    ['numeric with a text', { a: [{ numeric: ['=', '1'] }] }, '/a/0/numeric', 'operand'],
    ['numeric without an operator', { a: [{ numeric: [1] }] }, '/a/0/numeric', 'operand'],
    [
      'numeric with an unknown operator',
      { a: [{ numeric: ['!=', 1] }] },
      '/a/0/numeric',
      'operand',
    ],
    ['numeric that is no array', { a: [{ numeric: 1 }] }, '/a/0/numeric', 'operand'],
    [
      'an upper bound before a lower',
      { a: [{ numeric: ['<', 5, '>', 1] }] },
      '/a/0/numeric',
      'operand',
    ],
    ['two lower bounds', { a: [{ numeric: ['>', 1, '>', 2] }] }, '/a/0/numeric', 'operand'],
    ['an empty range', { a: [{ numeric: ['>', 5, '<', 5] }] }, '/a/0/numeric', 'operand'],
    [
      'three comparisons',
      { a: [{ numeric: ['>', 1, '<', 2, '<', 3] }] },
      '/a/0/numeric',
      'operand',
    ],
    ['an address without mask', { a: [{ cidr: '10.0.0.1' }] }, '/a/0/cidr', 'operand'],
    ['an address that is none', { a: [{ cidr: '10.0.0.256/8' }] }, '/a/0/cidr', 'operand'],
    ['an octal address', { a: [{ cidr: '010.0.0.1/8' }] }, '/a/0/cidr', 'operand'],
    ['too long a mask', { a: [{ cidr: '10.0.0.0/33' }] }, '/a/0/cidr', 'operand'],
    ['too long a mask of version 6', { a: [{ cidr: '::/129' }] }, '/a/0/cidr', 'operand'],
    ['exists with a text', { a: [{ exists: 'true' }] }, '/a/0/exists', 'operand'],
    ['a regex that does not compile', { a: [{ regex: '(' }] }, '/a/0/regex', 'operand'],
    ['a regex with a back reference', { a: [{ regex: '(a)\\1' }] }, '/a/0/regex', 'operand'],
    [
      'a regex that explodes',
      { a: [{ regex: '((a{0,100}){0,100}){0,100}' }] },
      '/a/0/regex',
      'operand',
    ],
    ['an empty all-of', { a: [{ 'all-of': [] }] }, '/a/0/all-of', 'operand'],
    [
      'an all-of with a fault',
      { a: [{ 'all-of': ['x', { prefix: 1 }] }] },
      '/a/0/all-of/1/prefix',
      'operand',
    ],
    [
      'an all-of in an all-of',
      { a: [{ 'all-of': [{ 'all-of': ['x'] }] }] },
      '/a/0/all-of/0',
      'operand',
    ],
    [
      'absence within all-of',
      { a: [{ 'all-of': [{ exists: false }] }] },
      '/a/0/all-of/0',
      'operand',
    ],
    ['$or with an object', { $or: { a: [1] } }, '/$or', 'or'],
    ['$or with one branch', { $or: [{ a: [1] }] }, '/$or', 'or'],
    ['$or without branches', { $or: [] }, '/$or', 'or'],
    ['$or with a text among objects', { $or: [{ a: [1] }, 'x'] }, '/$or/1', 'or'],
    ['$or with an empty branch', { $or: [{ a: [1] }, {}] }, '/$or/1', 'empty_object'],
    ['a reserved word in $or', { $or: [{ a: [1] }, { prefix: [1] }] }, '/$or/1/prefix', 'reserved'],
    [
      'a reserved word deeper in $or',
      { $or: [{ a: [1] }, { b: { cidr: [1] } }] },
      '/$or/1/b/cidr',
      'reserved',
    ],
    ['too many levels', nested(33), '/a'.repeat(33), 'too_deep'],
    [
      'too many levels by dots',
      { [Array(33).fill('a').join('.')]: [1] },
      `/${Array(33).fill('a').join('.')}`,
      'too_deep',
    ],
    ['more than can be printed', nested(50_000), '', 'too_deep'],
    ['more than 4 KiB', { a: ['x'.repeat(4090)] }, '', 'too_large'],
    [
      'more than 1,000 combinations',
      { a: bigOr(32), b: bigOr(32) },
      '/b/$or',
      'too_many_combinations',
    ],
    ['a pointer that needs escapes', { 'a/b~c': 1 }, '/a~1b~0c', 'leaf'],
  ])('%s', (_, pattern, pointer, code) => {
    const [first] = faultsOf(pattern);
    expect(first).toMatchObject({ pointer, code });
    expect(first?.detail).toMatch(/./);
  });

  test('all faults are named at once, in order', () => {
    const faults = faultsOf({ type: 'x', data: { a: [], b: [{ prefix: 1 }, { like: 1 }] } });
    expect(faults.map((fault) => fault.pointer)).toEqual([
      '/type',
      '/data/a',
      '/data/b/0/prefix',
      '/data/b/1/like',
    ]);
  });

  test('the message names the first place and what was expected there', () => {
    expect(() => compilePattern({ type: 'x' })).toThrow(
      'The pattern is not valid at /type: expected a non-empty array of alternatives or an object of fields, got a string.',
    );
  });
});

describe('a pattern at the limit is taken', () => {
  test.each<[string, unknown]>([
    ['32 levels', nested(32)],
    ['4 KiB', { a: ['x'.repeat(4096 - '{"a":[""]}'.length)] }],
    ['1,000 combinations', { a: bigOr(25), b: bigOr(40) }],
    ['16 stars', { a: [{ wildcard: '*a'.repeat(16) }] }],
  ])('%s', (_, pattern) => {
    expect(faultsOf(pattern)).toEqual([]);
  });

  test('1,000 combinations with hundreds of fields compile at once', () => {
    const fields = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`g${index}`, [1]] as const),
    );
    const compiled = compilePattern({ a: bigOr(25), b: bigOr(40), ...fields });
    expect(compiled.combinations).toHaveLength(1000);
  });
});
