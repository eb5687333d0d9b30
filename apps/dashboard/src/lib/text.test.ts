import { describe, expect, test } from '@jest/globals';
import { curlEvent } from './curl.ts';
import { formatBytes, formatRate, formatShare, reasonText, shellQuote, shortId } from './text.ts';
import { formatDuration, fromLocalInput, relativeTime, toLocalInput } from './time.ts';

describe('figures', () => {
  test('a share is never rounded up to 100 %', () => {
    expect([formatShare(1), formatShare(0.9999), formatShare(0), formatShare(null)]).toEqual([
      '100 %',
      '99.9 %',
      '0.0 %',
      '–',
    ]);
  });
  test('carry their units', () => {
    expect([formatBytes(512), formatBytes(1434), formatBytes(3 * 1024 * 1024)]).toEqual([
      '512 B',
      '1.4 KiB',
      '3.0 MiB',
    ]);
    expect([0.4, 340, 2400, 61_000, 7_200_000].map(formatDuration)).toEqual([
      '<1 ms',
      '340 ms',
      '2.4 s',
      '1 min',
      '2 h',
    ]);
    expect([0, 0.04, 12.34, 1204].map(formatRate)).toEqual(['0', '<0.1', '12.3', '1,204']);
  });
});

test('times are told from now, back and ahead', () => {
  const now = 1_000_000_000;
  const told = [now, now - 12_500, now + 300_000, now - 90_000_000];
  expect(told.map((at) => relativeTime(at, now))).toEqual([
    'now',
    '12 s ago',
    'in 5 min',
    '1 d ago',
  ]);
});

test('a reason code is told in words, an unknown one as it is', () => {
  expect(['http_422', 'connection_refused', 'brand_new'].map(reasonText)).toEqual([
    'HTTP 422',
    'Connection refused',
    'brand new',
  ]);
});

test('a long id is shortened at its middle, a short one is not', () => {
  expect(shortId('evt_01m83nwdqw06j8k0bj3rhrqs5j')).toBe('evt_…hrqs5j');
  expect(shortId('evt_1')).toBe('evt_1');
});

test('a command stays one command whatever the event holds', () => {
  const command = curlEvent('http://h', 'k', { type: 't', data: "it's; rm -rf /" });
  expect(command).toContain(`'{"type":"t","data":"it'\\''s; rm -rf /"}'`);
  expect(shellQuote("a'b")).toBe(`'a'\\''b'`);
});

test('a moment survives the way through a field of the viewer, to the minute', () => {
  expect(fromLocalInput(toLocalInput('2025-01-31T12:34:56.789Z'))).toBe('2025-01-31T12:34:00.000Z');
  expect([toLocalInput(''), toLocalInput('nonsense'), fromLocalInput('')]).toEqual(['', '', '']);
});
