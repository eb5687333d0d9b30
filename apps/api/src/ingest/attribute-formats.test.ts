import { describe, expect, test } from '@jest/globals';
import { isMediaType } from './media-type.ts';
import { isTimestamp } from './timestamp.ts';
import { isAbsoluteUri, isUriReference } from './uri.ts';

describe('a timestamp', () => {
  test.each([
    '2026-01-31T12:00:00Z',
    '2026-01-31t12:00:00z',
    '2026-01-31T12:00:00.123456789012Z',
    '2026-01-31T12:00:00+23:59',
    '2026-01-31T12:00:00-00:00',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '1990-12-31T23:59:60Z',
    '1990-12-31T15:59:60-08:00',
  ])('%s is one', (text) => {
    expect(isTimestamp(text)).toBe(true);
  });

  test.each([
    '',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31 12:00:00Z',
    '2026-01-31T12:00Z',
    '2026-01-31T12:00:00.Z',
    '2026-01-31T12:00:00+0200',
    '2026-01-31T12:00:00+24:00',
    '2026-01-31T12:00:00+02:60',
    '2026-01-31T24:00:00Z',
    '2026-01-31T12:60:00Z',
    '2026-01-31T12:00:61Z',
    '2026-01-31T12:00:60Z',
    '2026-00-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '26-01-31T12:00:00Z',
    '+002026-01-31T12:00:00Z',
    '２026-01-31T12:00:00Z',
    '2026-01-31T12:00:00Z\n',
  ])('%j is none', (text) => {
    expect(isTimestamp(text)).toBe(false);
  });
});

describe('a URI-reference', () => {
  test.each([
    '/shop',
    'shop',
    'https://example.com/a?b=c#d',
    '//example.com',
    'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
    'mailto:a@example.com',
    '#fragment',
    '?query',
    '/a%20b',
    'http://[::1]:80/',
    'http://user:word@host',
    './a:b',
    '/cloudevents/spec/pull/123',
    '1-555-123-4567',
  ])('%s is one', (text) => {
    expect(isUriReference(text)).toBe(true);
  });

  test.each(['a b', '/a%2', '/a%zz', '/ä', 'a\\b', '<a>', '1a:b', '#a#b', 'a[0]', '{x}', 'a|b'])(
    '%s is none',
    (text) => {
      expect(isUriReference(text)).toBe(false);
    },
  );

  test.each(['https://example.com/a?b', 'urn:a:b', 'x:'])('%s is absolute', (text) => {
    expect(isAbsoluteUri(text)).toBe(true);
  });

  test.each(['/a', '//a/b', 'a', 'https://a/b#c', ''])('%s is not absolute', (text) => {
    expect(isAbsoluteUri(text)).toBe(false);
  });

  test('long texts are judged in time that grows with their length', () => {
    const started = process.hrtime.bigint();
    for (const unit of ['a', 'a@', '/', '%41', 'a:', '?/', '[', '//']) {
      isUriReference(`//${unit.repeat(100_000)} `);
      isAbsoluteUri(`x:${unit.repeat(100_000)} `);
      isMediaType(`a/b;${unit.repeat(100_000)} `);
      isMediaType(`a/b${` ;${unit}=b `.repeat(30_000)}\n`);
    }
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5);
  });
});

describe('a media type', () => {
  test.each(['a/b', 'text/plain; charset=utf-8', 'a/b;c="d; \\" e"', 'application/x+json ; a=b;'])(
    '%s is one',
    (text) => {
      expect(isMediaType(text)).toBe(true);
    },
  );

  test.each(['json', 'a/', '/b', 'a/b/c', 'a /b', 'a/b;c', 'a/b;c="d', 'a/b,c/d', 'a/b;c="ü"', ''])(
    '%j is none',
    (text) => {
      expect(isMediaType(text)).toBe(false);
    },
  );
});
