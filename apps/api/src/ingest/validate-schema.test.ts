import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../domain/errors.ts';
import { checkSchema, createSchemaValidator } from './validate-schema.ts';

function refusal(schema: unknown): GatewayError {
  try {
    checkSchema(schema);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('expected a GatewayError');
}

function pointersOf(schema: unknown, data: unknown): string[] {
  checkSchema(schema);
  const body = { eventType: 't', schemaVersion: 1, schema };
  return createSchemaValidator()({ id: 'one', body }, data).map(({ pointer }) => pointer);
}

describe('a schema that is saved', () => {
  test.each<[string, unknown]>([
    ['true', true],
    ['an empty object', {}],
    ['a reference inside', { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } }],
    ['a reference to the draft', { $ref: 'https://json-schema.org/draft/2020-12/schema' }],
    ['its draft', { $schema: 'https://json-schema.org/draft/2020-12/schema' }],
    ['an unknown keyword and format', { 'x-owner': 'shop', format: 'sku' }],
    ['a property called pattern', { properties: { pattern: { type: 'string' } } }],
    ['a pattern in data', { const: { pattern: '(' }, examples: [{ pattern: '(' }] }],
    ['an $id', { $id: 'https://example.com/a', type: 'object' }],
  ])('may have %s', (_, schema) => {
    expect(() => checkSchema(schema)).not.toThrow();
    expect(() => checkSchema(schema)).not.toThrow();
  });

  const deep = (levels: number): unknown => (levels === 0 ? {} : { not: deep(levels - 1) });

  test.each<[string, unknown, string, string]>([
    ['null', null, '', 'not_a_schema'],
    ['a string', '{}', '', 'not_a_schema'],
    ['an array', [], '', 'not_a_schema'],
    [
      'a wrong keyword value',
      { properties: { a: { type: 'text' } } },
      '/properties/a/type',
      'enum',
    ],
    ['a wrong bound', { minLength: -1 }, '/minLength', 'minimum'],
    ['a remote reference', { items: { $ref: 'https://example.com/x' } }, '/items/$ref', 'unusable'],
    ['a missing reference', { $ref: '#/$defs/none' }, '/$ref', 'unusable'],
    [
      'another draft',
      { $schema: 'http://json-schema.org/draft-07/schema#' },
      '/$schema',
      'unsupported',
    ],
    ['$async', { $async: true }, '/$async', 'unsupported'],
    ['a broken expression', { pattern: '(' }, '/pattern', 'invalid_pattern'],
    ['a back-reference', { items: { pattern: '(a)\\1' } }, '/items/pattern', 'invalid_pattern'],
    [
      'look-ahead',
      { patternProperties: { '(?=a)': {} } },
      '/patternProperties/(?=a)',
      'invalid_pattern',
    ],
    ['too many levels', deep(100), '/not'.repeat(64), 'too_deep'],
    ['too many bytes', { description: 'x'.repeat(70_000) }, '', 'too_large'],
  ])('may not be or have %s', (_, schema, pointer, code) => {
    const error = refusal(schema);
    expect(error.code).toBe('invalid_schema');
    expect(error.faults).toMatchObject([{ pointer, code }]);
  });
});

describe('a payload', () => {
  test('is held to the schema, and every fault has its place', () => {
    const schema = {
      type: 'object',
      required: ['id', 'a/b'],
      additionalProperties: false,
      properties: { id: { type: 'string' }, 'a/b': {}, lines: { items: { minimum: 1 } } },
    };
    expect(pointersOf(schema, { id: 'x', 'a/b': 1, lines: [1, 2] })).toEqual([]);
    const faults = pointersOf(schema, { id: 1, lines: [1, 0], more: true });
    expect(faults.sort()).toEqual(['/a~1b', '/id', '/lines/1', '/more']);
  });

  test('names of built-in members are names like others', () => {
    expect(pointersOf({ required: ['constructor'] }, {})).toEqual(['/constructor']);
    expect(pointersOf({ required: ['__proto__'] }, JSON.parse('{"__proto__":1}'))).toEqual([]);
  });

  test('formats are asserted', () => {
    expect(pointersOf({ format: 'email' }, 'someone@example.com')).toEqual([]);
    expect(pointersOf({ format: 'email' }, 'someone')).toEqual(['']);
    expect(pointersOf({ format: 'date-time' }, '2026-01-31T12:00:00Z')).toEqual([]);
    expect(pointersOf({ format: 'date-time' }, '2026-02-31T12:00:00Z')).toEqual(['']);
  });

  test('patterns are told apart and know the escapes of ECMAScript', () => {
    const schema = {
      properties: {
        a: { pattern: '^a+$' },
        b: { pattern: '^[\\u0061-\\u{7A}]\\\\u$' },
        c: { pattern: '' },
      },
      patternProperties: { '^x': { type: 'number' } },
    };
    expect(pointersOf(schema, { a: 'aa', b: 'q\\u', c: '', x1: 1 })).toEqual([]);
    const faults = pointersOf(schema, { a: 'b', b: 'Q\\u', c: '', x1: '1' });
    expect(faults.sort()).toEqual(['/a', '/b', '/x1']);
  });

  test('unique items are compared by value', () => {
    const schema = { uniqueItems: true };
    expect(
      pointersOf(schema, [1, '1', true, 'true', null, [1], [[1]], { a: 1 }, { a: '1' }]),
    ).toEqual([]);
    expect(
      pointersOf(schema, [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toEqual(['']);
    expect(pointersOf(schema, [{ a: 1 }, [['a', 1]]])).toEqual([]);
    expect(pointersOf({ uniqueItems: false }, [1, 1])).toEqual([]);
  });

  test('versions are told apart, and a version is compiled once', () => {
    const validate = createSchemaValidator();
    const version = (id: string, schema: unknown) => ({
      id,
      body: { eventType: 't', schemaVersion: 1, schema },
    });
    const $id = 'https://example.com/same';
    expect(validate(version('a', { $id, type: 'string' }), 1)).toHaveLength(1);
    expect(validate(version('b', { $id, type: 'number' }), 1)).toEqual([]);
    expect(validate(version('a', { type: 'number' }), 1)).toHaveLength(1);
  });

  test('a schema that refers to itself without end is a fault, not a crash', () => {
    expect(pointersOf({ $ref: '#' }, 1)).toEqual(['']);
  });

  test('no schema lets a payload of 256 KiB stall the gateway', () => {
    const hostile: [unknown, unknown][] = [
      [{ pattern: '^(a+)+$' }, `${'a'.repeat(8000)}!`],
      [{ pattern: '^(a|aa|a*)*b' }, 'a'.repeat(8000)],
      [{ uniqueItems: true }, Array.from({ length: 40_000 }, (_, index) => [index])],
      [{ uniqueItems: true }, Array.from({ length: 40_000 }, (_, index) => ({ [`k${index}`]: 1 }))],
      ...[
        'email',
        'uri',
        'uri-reference',
        'hostname',
        'uri-template',
        'date-time',
        'duration',
        'ipv6',
        'iso-time',
        'json-pointer',
        'regex',
        'byte',
        'url',
      ].flatMap((format): [unknown, unknown][] =>
        ['a', 'a.', ':', '%', '/', '1', '{', 'a@', '['].map((unit) => [
          { format },
          `a${unit.repeat(250_000 / unit.length)}\n`,
        ]),
      ),
      ...['a', 'a.', ':', '/', '1', 'http://a', 'a@'].flatMap((unit): [unknown, unknown][] =>
        ['email', 'uri', 'url', 'uri-reference', 'hostname', 'byte', 'uri-template'].map(
          (format) => [
            { items: { format } },
            Array.from({ length: 120 }, () => `${unit.repeat(2000 / unit.length)}\n`),
          ],
        ),
      ),
    ];
    for (const [schema, data] of hostile) {
      const started = process.hrtime.bigint();
      pointersOf(schema, data);
      const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6;
      expect({ schema, slow: elapsedMs > 3000 }).toEqual({ schema, slow: false });
    }
  }, 60_000);
});
