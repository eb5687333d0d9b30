import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../domain/errors.ts';
import type { Transform } from '../domain/resources.ts';
import { checkTransform } from './check-transform.ts';

function faultsOf(transform: Transform): [string, string][] {
  try {
    checkTransform(transform);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'invalid_transform') {
      return error.faults.map(({ pointer, detail }) => [pointer, detail]);
    }
    throw error;
  }
  return [];
}

describe('a transform that cannot run is refused', () => {
  test('with the pointer and the position of every fault', () => {
    const transform: Transform = {
      language: 'jsonata',
      body: '{\n  "a": data.x +\n}',
      headers: { 'x-ok': 'type', 'x-bad': '$uppercase(' },
      path: '"/orders/" & ',
    };
    expect(faultsOf(transform)).toEqual([
      ['/transform/body', expect.stringContaining('(line 3, column 2, offset 19)')],
      ['/transform/headers/x-bad', expect.stringContaining('offset 11')],
      ['/transform/path', expect.stringMatching(/offset \d+/)],
    ]);
  });

  test('also where it is a template', () => {
    const transform: Transform = {
      language: 'template',
      body: '{"a": {{ data.x }',
      headers: { 'x-a': 'b {{ 1 + 1 }}' },
      path: '/{{',
    };
    expect(faultsOf(transform).map(([pointer]) => pointer)).toEqual([
      '/transform/body',
      '/transform/headers/x-a',
      '/transform/path',
    ]);
    expect(faultsOf(transform)[0]?.[1]).toContain('(line 1, column 7, offset 6)');
  });

  test('when a header has no name that HTTP allows', () => {
    const transform: Transform = { language: 'jsonata', body: '1', headers: { 'a b/c': '1' } };
    expect(faultsOf(transform)[0]?.[0]).toBe('/transform/headers/a b~1c');
  });

  test('when it is too long or nests too deeply to be read', () => {
    expect(faultsOf({ language: 'jsonata', body: '1+'.repeat(20_000) + '1' })).toHaveLength(1);
    expect(faultsOf({ language: 'jsonata', body: '('.repeat(30_000) })).toHaveLength(1);
    expect(faultsOf({ language: 'template', body: '['.repeat(30_000) })).toHaveLength(1);
  });
});

test('a transform that can run is taken', () => {
  checkTransform({
    language: 'jsonata',
    body: '{ "id": data.order.id, "lines": data.lines[price > 5].{ "sku": sku } }',
    headers: { 'X-Region': 'region' },
    path: '"/orders/" & data.order.id',
  });
  checkTransform({
    language: 'template',
    body: '{"id": {{ data.order.id }}}',
    path: '/o/{{ id }}',
  });
});
