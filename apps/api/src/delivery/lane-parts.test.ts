import { describe, expect, test } from '@jest/globals';
import { appendPath } from './append-path.ts';
import { createBreaker } from './breaker.ts';
import { headerFault, maskHeaders } from './request-headers.ts';
import { readRetryAfter } from './retry-after.ts';
import { createTokenBucket } from './token-bucket.ts';

describe('the breaker', () => {
  function tripped(at: number) {
    const breaker = createBreaker();
    for (let count = 0; count < 20; count += 1) breaker.end('normal', 'down', at);
    return breaker;
  }

  test('stays closed below 20 attempts', () => {
    const breaker = createBreaker();
    for (let count = 0; count < 19; count += 1) breaker.end('normal', 'down', 0);
    expect(breaker.begin(0)).toBe('normal');
  });

  test('stays closed below half failures and opens at half', () => {
    const breaker = createBreaker();
    for (let count = 0; count < 20; count += 1) breaker.end('normal', 'up', 0);
    for (let count = 0; count < 19; count += 1) breaker.end('normal', 'down', 0);
    expect(breaker.state()).toBe('closed');
    breaker.end('normal', 'down', 0);
    expect(breaker.state()).toBe('open');
    expect(breaker.begin(29_999)).toBeNull();
  });

  test('forgets attempts after a minute', () => {
    const breaker = createBreaker();
    for (let count = 0; count < 19; count += 1) breaker.end('normal', 'down', 0);
    breaker.end('normal', 'down', 61_000);
    expect(breaker.state()).toBe('closed');
  });

  test('lets one probe through after its rest, and closes when it succeeds', () => {
    const breaker = tripped(0);
    expect(breaker.probeAt()).toBe(30_000);
    expect(breaker.begin(30_000)).toBe('probe');
    expect(breaker.begin(30_000)).toBeNull();
    expect(breaker.state()).toBe('half-open');
    breaker.end('probe', 'up', 30_100);
    expect(breaker.begin(30_100)).toBe('normal');
  });

  test('rests twice as long after a failed probe, five minutes at most', () => {
    const breaker = tripped(0);
    const rests: number[] = [];
    for (let probes = 0; probes < 5; probes += 1) {
      const at = breaker.probeAt() ?? 0;
      expect(breaker.begin(at)).toBe('probe');
      breaker.end('probe', 'down', at);
      rests.push((breaker.probeAt() ?? 0) - at);
    }
    expect(rests).toEqual([60_000, 120_000, 240_000, 300_000, 300_000]);
  });

  test('probes again when a probe showed nothing', () => {
    const breaker = tripped(0);
    breaker.begin(30_000);
    breaker.end('probe', 'unknown', 30_000);
    expect(breaker.begin(30_000)).toBe('probe');
  });

  test('takes no notice of stragglers while it is open', () => {
    const breaker = tripped(0);
    breaker.end('normal', 'up', 1);
    expect(breaker.state()).toBe('open');
  });
});

describe('the token bucket', () => {
  test('grants a burst of one second and then the rate', () => {
    const bucket = createTokenBucket();
    const granted = Array.from({ length: 10 }, () => bucket.take(10, 0));
    expect(granted).toEqual(Array(10).fill(0));
    expect(bucket.take(10, 0)).toBe(100);
    expect(bucket.take(10, 100)).toBe(0);
    expect(bucket.take(10, 100)).toBe(100);
  });

  test('grants less than one a second', () => {
    const bucket = createTokenBucket();
    expect(bucket.take(0.5, 0)).toBe(0);
    expect(bucket.take(0.5, 0)).toBe(2000);
    expect(bucket.take(0.5, 2000)).toBe(0);
  });
});

describe("a transform's path", () => {
  const base = new URL('https://example.com/hooks/in?team=1');

  test.each([
    ['orders', 'https://example.com/hooks/in/orders?team=1'],
    ['/orders/7', 'https://example.com/hooks/in/orders/7?team=1'],
    ['', 'https://example.com/hooks/in?team=1'],
    ['?a=1', 'https://example.com/hooks/in?team=1&a=1'],
    ['x?a=b?c#d', 'https://example.com/hooks/in/x?team=1&a=b?c'],
    ['//evil.example/x', 'https://example.com/hooks/in/evil.example/x?team=1'],
    ['\\\\evil.example', 'https://example.com/hooks/in/evil.example?team=1'],
    ['https://evil.example/', 'https://example.com/hooks/in/https://evil.example/?team=1'],
    ['@evil.example', 'https://example.com/hooks/in/@evil.example?team=1'],
  ])('%j is put behind the target', (path, expected) => {
    expect(appendPath(base, path)?.href).toBe(expected);
  });

  test.each(['../admin', 'a/../../../admin', '%2e%2e/admin', '..\\admin', '.%2E/.%2e/x'])(
    '%j is refused, since it climbs',
    (path) => {
      expect(appendPath(base, path)).toBeNull();
    },
  );
});

describe('headers of a target or a transform', () => {
  test.each([
    'Webhook-Id',
    'webhook-signature',
    'Content-Type',
    'Host',
    'Connection',
    'Transfer-Encoding',
    'User-Agent',
    'traceparent',
  ])('cannot replace %s', (name) => {
    expect(headerFault(name, 'x')).toContain('set by the gateway');
  });

  test('cannot carry line breaks or odd names', () => {
    expect(headerFault('x-a', 'b\r\nHost: evil')).not.toBeNull();
    expect(headerFault('x a', 'b')).not.toBeNull();
    expect(headerFault('X-Team', 'billing')).toBeNull();
  });

  test('are masked where they hold secrets', () => {
    const masked = maskHeaders(
      { authorization: 'Bearer a', 'x-api-key': 'b', 'x-own': 'c', accept: 'd' },
      { 'x-own': 'c' },
    );
    expect(masked).toEqual({
      authorization: '[masked]',
      'x-api-key': '[masked]',
      'x-own': '[masked]',
      accept: 'd',
    });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2024-01-01T00:00:00Z');

  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Mon, 01 Jan 2024 00:01:00 GMT', 60_000],
    ['Sun, 31 Dec 2023 00:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['2024', 2_024_000],
    [undefined, null],
  ])('%j is %j', (value, expected) => {
    expect(readRetryAfter(value, now)).toBe(expected);
  });
});
