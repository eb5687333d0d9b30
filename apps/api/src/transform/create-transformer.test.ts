import { afterAll, describe, expect, test } from '@jest/globals';
import type { Transform } from '../domain/resources.ts';
import type { RenderedEvent } from './attributes-of.ts';
import { createTransformer } from './create-transformer.ts';
import type { TransformResult } from './transform-result.ts';

const event = (data: unknown, more: Partial<RenderedEvent> = {}): RenderedEvent => ({
  eventId: 'e-1',
  source: '/shop',
  type: 'order.created',
  subject: null,
  time: null,
  dataContentType: 'application/json',
  dataSchema: null,
  extensions: { region: 'eu' },
  dataKind: 'json',
  data: Buffer.from(JSON.stringify(data)),
  receivedAt: 0,
  ...more,
});
const jsonata = (body: string, more: Partial<Transform> = {}): Transform => ({
  language: 'jsonata',
  body,
  ...more,
});
const bodyOf = (result: TransformResult): unknown =>
  result.outcome === 'ok' ? JSON.parse(Buffer.from(result.body).toString()) : result;

const transformer = createTransformer();
afterAll(() => transformer.close());
const run = (body: string, data: unknown = {}, more: Partial<Transform> = {}) =>
  transformer.run(body, jsonata(body, more), event(data));

describe('a JSONata transform', () => {
  test('sees the event as a CloudEvents object', async () => {
    expect(bodyOf(await run('$', { a: 1 }))).toEqual({
      specversion: '1.0',
      id: 'e-1',
      source: '/shop',
      type: 'order.created',
      region: 'eu',
      datacontenttype: 'application/json',
      data: { a: 1 },
    });
  });

  test('makes body, headers and path', async () => {
    const result = await run(
      '{ "total": $sum(data.lines.price) }',
      { id: 7, lines: [{ price: 1 }, { price: 2 }] },
      {
        headers: { 'x-region': 'region', 'x-count': '$count(data.lines)', 'x-none': 'nothing' },
        path: '"/orders/" & data.id',
      },
    );
    expect(result).toEqual({
      outcome: 'ok',
      body: Buffer.from('{"total":3}'),
      contentType: 'application/json',
      headers: { 'x-region': 'eu', 'x-count': '2' },
      path: '/orders/7',
    });
  });

  test('without a result is skipped; null is a result', async () => {
    expect(await run('data.nothing')).toEqual({ outcome: 'skip' });
    expect(bodyOf(await run('null'))).toBeNull();
  });

  test('under the same key is compiled anew when it changed', async () => {
    const of = async (body: string) =>
      bodyOf(await transformer.run('sub_1', jsonata(body), event({})));
    expect([await of('1'), await of('2'), await of('1')]).toEqual([1, 2, 1]);
  });

  test.each<[string, string, Partial<Transform>, RegExp, number | null]>([
    ['a fault at run time', 'data.a + "x"', {}, /must evaluate to a number/, 8],
    [
      'an own error',
      '$error("no such order")',
      {},
      /no such order/,
      expect.any(Number) as unknown as number,
    ],
    ['$eval', '$eval("1")', {}, /\$eval is not available/, null],
    ['a function as result', 'function($x){$x}', {}, /is a function/, null],
    ['deep recursion', '($f := function($x){ 1 + $f($x + 1) }; $f(0))', {}, /[Ss]tack|deep/, null],
    ['too long a result', '$pad("", 300000, "x")', {}, /longer than 262144 bytes/, null],
    ['too long a sequence', '[1..9000000]', {}, /./, null],
    ['a header with a line break', '1', { headers: { 'x-a': '"a\\r\\nb"' } }, /header x-a/, null],
    ['a header that is an object', '1', { headers: { 'x-a': '$' } }, /header x-a/, null],
    ['a path to another host', '1', { path: '"//evil.example"' }, /path/, null],
    ['an expression that does not compile', '1 +', {}, /end of expression/, 3],
  ])('%s is a failure with its message', async (_, body, more, message, position) => {
    const result = await run(body, { a: 1 }, more);
    expect(result).toMatchObject({
      outcome: 'failed',
      message: expect.stringMatching(message) as unknown,
    });
    if (position !== null) expect(result).toHaveProperty('position', position);
  });

  test('cannot change what the next one sees', async () => {
    const hostile =
      '$merge([{"__proto__": {"polluted": 1}}, {"constructor": {"prototype": {"polluted": 1}}}])';
    await run(hostile);
    expect(await run('$.polluted')).toEqual({ outcome: 'skip' });
    expect(await run('$.constructor')).toEqual({ outcome: 'skip' });
    expect(await run('data.__proto__.toString')).toEqual({ outcome: 'skip' });
  });
});

describe('a runaway', () => {
  const endless = [
    ['an endless tail recursion', '($f := function($x){ $f($x + 1) }; $f(0))'],
    [
      'a map that breeds',
      '($f := function($a){ $f($map($a, function($x){ $x + 1 })) }; $f([1..50]))',
    ],
    ['a regular expression that backtracks', '$contains("' + 'a'.repeat(40) + '!", /^(a+)+$/)'],
  ] as const;

  test.each(endless)(
    '%s is failed, and those beside it succeed',
    async (_, body) => {
      const before = run('1');
      const runaway = run(body);
      const after = Array.from({ length: 20 }, (__, index) => run(`data.n + ${index}`, { n: 1 }));
      expect(bodyOf(await before)).toBe(1);
      expect(await runaway).toEqual({
        outcome: 'failed',
        message: 'The expression ran for longer than 100 ms.',
        position: null,
      });
      const values = (await Promise.all(after)).map(bodyOf);
      expect(values).toEqual(after.map((__, index) => index + 1));
    },
    20_000,
  );

  test('two at once are both failed, and no other', async () => {
    const [recursion, map] = endless;
    const results = await Promise.all([run(recursion[1]), run('1'), run(map[1]), run('2')]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'ok', 'failed', 'ok']);
  }, 20_000);

  test('that eats memory is failed, and the next succeeds', async () => {
    const patient = createTransformer({ limits: { timeMs: 60_000, memoryMb: 24 } });
    const hungry = '($f := function($s){ $f($map($s, function($x){ [$x, $x] })) }; $f([1..90000]))';
    const doubled = patient.run('hungry', jsonata(hungry), event({}));
    const next = patient.run('next', jsonata('1'), event({}));
    expect(await doubled).toMatchObject({ outcome: 'failed' });
    expect(bodyOf(await next)).toBe(1);
    await patient.close();
  }, 60_000);

  test('does not stop the event loop', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    await run(endless[2][1]);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a template transform', () => {
  const template = (body: string): Transform => ({ language: 'template', body });

  test('is filled from the event', async () => {
    const transform = template('{"order": "{{ data.id }}", "from": {{ region }}}');
    expect(bodyOf(await transformer.run('t', transform, event({ id: 'a"b' })))).toEqual({
      order: 'a"b',
      from: 'eu',
    });
  });

  test('is failed when its result is too long', async () => {
    const transform = template(`[${Array(100).fill('{{ data }}').join(',')}]`);
    const result = await transformer.run('t', transform, event('x'.repeat(10_000)));
    expect(result).toMatchObject({
      outcome: 'failed',
      message: 'The result is longer than 262144 bytes.',
    });
  });

  test('that was not checked is failed with the position', async () => {
    const result = await transformer.run('t', template('{"a": {{ }}}'), event({}));
    expect(result).toMatchObject({ outcome: 'failed', position: 6 });
  });
});

test('closing rejects what waits and what comes later', async () => {
  const closing = createTransformer();
  const waiting = closing.run('k', jsonata('1'), event({}));
  const rejected = expect(waiting).rejects.toThrow('closed');
  await closing.close();
  await rejected;
  await expect(closing.run('k', jsonata('1'), event({}))).rejects.toThrow('closed');
});
