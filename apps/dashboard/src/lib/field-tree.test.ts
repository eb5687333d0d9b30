import { expect, test } from '@jest/globals';
import { addSchema, addValue, namesAt, type FieldTree } from './field-tree.ts';

test('names come from payloads and from schemas, under the path where they stand', () => {
  const tree: FieldTree = new Map();
  addValue(tree, { type: 'a', data: { id: 1, lines: [{ sku: 'x' }, { price: 2 }] } });
  addSchema(tree, {
    properties: {
      data: {
        properties: { note: { type: 'string' }, lines: { items: { properties: { tax: {} } } } },
      },
    },
  });
  expect(namesAt(tree, [])).toEqual(['data', 'type']);
  expect(namesAt(tree, ['data'])).toEqual(['id', 'lines', 'note']);
  expect(namesAt(tree, ['data', 'lines'])).toEqual(['price', 'sku', 'tax']);
  expect(namesAt(tree, ['data', 'nothing', 'there'])).toEqual([]);
});
