import { expect, test } from '@jest/globals';
import { schemaOf } from './schema-of.ts';

test('a payload gives a schema that names the type of every member and requires it', () => {
  expect(schemaOf([{ id: 7, tags: ['a'], note: null, empty: [], to: { paid: true } }])).toEqual({
    type: 'object',
    required: ['id', 'tags', 'note', 'empty', 'to'],
    properties: {
      id: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' } },
      note: {},
      empty: { type: 'array' },
      to: { type: 'object', required: ['paid'], properties: { paid: { type: 'boolean' } } },
    },
  });
});

test('of several payloads only what all of them have is required, and every type that was seen fits', () => {
  expect(
    schemaOf([
      { id: 7, note: null },
      { id: 'x', note: 'n', more: 1 },
    ]),
  ).toEqual({
    type: 'object',
    required: ['id', 'note'],
    properties: {
      id: { type: ['number', 'string'] },
      note: { type: ['null', 'string'] },
      more: { type: 'number' },
    },
  });
});
