import { describe, expect, test } from '@jest/globals';

import { foldPayload, foldWords } from './search-text.ts';

describe('folding words for an index', () => {
  test.each([
    ['Order-2024_77, (open)!', 'order 2024 77 open'],
    ['  ', ''],
    ['Zürich ÉTÉ cafe\u0301', 'zurich ete cafe'],
    ['ΟΔΟΣ “quoted” 12.50 €', 'οδος quoted 12 50'],
    ['日本語 x', '日本語 x'],
    [`${'a'.repeat(500)}-${'é'.repeat(500)}`, `${'a'.repeat(400)} ${'e'.repeat(400)}`],
  ])('%j becomes %j', (text, expected) => {
    expect(foldWords(text)).toBe(expected);
    expect(foldPayload(Buffer.from(text), false)).toBe(expected);
  });
  test('plain bytes are folded to what their text is folded to', () => {
    const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const text = [...characters, ...characters.reverse(), 'x'.repeat(900), 'A1', '..'].join('');
    expect(foldPayload(Buffer.from(text), false)).toBe(foldWords(text));
  });
  test('escapes of JSON are resolved, those of other data are not', () => {
    const bytes = Buffer.from('{"a":"one\\ntwo \\u00e9t\\u00e9"}');
    expect(foldPayload(bytes, true)).toBe('a one two ete');
    expect(foldPayload(bytes, false)).toBe('a one ntwo u00e9t u00e9');
  });
  test('what lies past 32 KiB is left out, and so are bytes that are no text', () => {
    const long = Buffer.from(`${'word '.repeat(6553)}  ab cd`);
    expect(foldPayload(long, false).endsWith('word a')).toBe(true);
    expect(foldPayload(Buffer.from([0xff, 0x41]), false)).toBe('');
  });
});
