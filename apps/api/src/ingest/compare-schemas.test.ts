import { describe, expect, test } from '@jest/globals';
import { compareSchemas } from './compare-schemas.ts';

const places = (before: unknown, after: unknown) =>
  compareSchemas(before, after).map(({ pointer, code }) => `${pointer} ${code}`);
const object = (rest: object) => ({ type: 'object', ...rest });

describe('a newer schema', () => {
  test('that only describes more members optionally or loosely refuses nothing new', () => {
    const before = object({ properties: { id: { type: 'integer' } }, required: ['id'] });
    expect(places(before, before)).toEqual([]);
    expect(places(before, object({ properties: { id: { type: 'number' } } }))).toEqual([]);
    expect(places(before, true)).toEqual([]);
    expect(places({ enum: [1] }, { enum: [1, 2] })).toEqual([]);
    expect(places({ minLength: 3 }, { minLength: 2 })).toEqual([]);
  });

  test.each([
    ['a required member', object({}), object({ required: ['a'] }), '/required required'],
    ['a narrower type', { type: ['string', 'null'] }, { type: 'string' }, '/type type'],
    ['a type where there was none', {}, { type: 'string' }, '/type type'],
    ['a value that is gone', { enum: ['a', 'b'] }, { enum: ['a'] }, '/enum enum'],
    ['listed values', {}, { enum: ['a'] }, '/enum enum'],
    ['a higher minimum', { minimum: 1 }, { minimum: 2 }, '/minimum minimum'],
    ['a new maximum', {}, { maxItems: 2 }, '/maxItems maxItems'],
    ['another pattern', { pattern: 'a' }, { pattern: 'b' }, '/pattern pattern'],
    ['nothing at all', {}, false, ' refused'],
    ['closed objects', {}, { additionalProperties: false }, '/additionalProperties closed'],
    [
      'a deeper member',
      {},
      { properties: { 'a/b': { type: 'string' } } },
      '/properties/a~1b/type type',
    ],
    ['the items of a list', { items: {} }, { items: { type: 'string' } }, '/items/type type'],
    ['a combination', {}, { anyOf: [{}] }, '/anyOf anyOf'],
  ] as const)('names %s', (_what, before, after, place) => {
    expect(places(before, after)).toEqual([place]);
  });

  test('names a member that a closed object no longer has', () => {
    const before = { additionalProperties: false, properties: { a: true } };
    expect(places(before, { additionalProperties: false })).toEqual(['/properties removed']);
    const wider = { additionalProperties: false, properties: { a: true, b: { type: 'string' } } };
    expect(places(before, wider)).toEqual([]);
  });
});
