import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../domain/errors.ts';
import type { Transform } from '../domain/resources.ts';
import { checkTransform } from './check-transform.ts';

const headerFault = (name: string) =>
  name === 'host' || name.includes(' ') ? `${name} is not sent.` : null;

function faultsOf(transform: Transform): [string, string][] {
  try {
    checkTransform(transform, headerFault);
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

  test.each(['jsonata', 'template'] as const)(
    'when %s makes a header that cannot be sent',
    (language) => {
      const headers = { 'a b/c': '1', 'x-ok': '2', host: '3' };
      expect(faultsOf({ language, body: '1', headers })).toEqual([
        ['/transform/headers/a b~1c', 'a b/c is not sent.'],
        ['/transform/headers/host', 'host is not sent.'],
      ]);
    },
  );

  test('when it is too long or nests too deeply to be read', () => {
    expect(faultsOf({ language: 'jsonata', body: '1+'.repeat(20_000) + '1' })).toHaveLength(1);
    expect(faultsOf({ language: 'jsonata', body: '('.repeat(30_000) })).toHaveLength(1);
    expect(faultsOf({ language: 'template', body: '['.repeat(30_000) })).toHaveLength(1);
  });
});

test('a transform that can run is taken', () => {
  const taken = (transform: Transform) => expect(faultsOf(transform)).toEqual([]);
  taken({
    language: 'jsonata',
    body: '{ "id": data.order.id, "lines": data.lines[price > 5].{ "sku": sku } }',
    headers: { 'X-Region': 'region' },
    path: '"/orders/" & data.order.id',
  });
  taken({
    language: 'template',
    body: '{"id": {{ data.order.id }}}',
    path: '/o/{{ id }}',
  });
});
