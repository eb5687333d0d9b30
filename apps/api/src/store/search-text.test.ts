import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

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
    expect(foldPayload(Buffer.from(JSON.stringify({ text })), true)).toBe(
      `text ${expected}`.trim(),
    );
  });
  test('every ASCII character is a letter, a digit, or ends a word', () => {
    const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const text = [...characters, ...characters.reverse(), 'x'.repeat(900), 'A1', '..'].join('');
    const words = text
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.map((word) => word.slice(0, 400));
    expect(foldPayload(Buffer.from(text), false)).toBe(words?.join(' '));
  });
  test('text of which some is ASCII is folded to what all of it is folded to', () => {
    const character = fc.constantFrom(...Array.from('aZ9 -_."\n{\u0301\u00e9\u00df\u65e5\u20ac\\'));
    const text = fc.array(character, { maxLength: 24 }).map((all) => all.join(''));
    const reference = (whole: string) =>
      whole
        .normalize('NFC')
        .toLowerCase()
        .normalize('NFD')
        .replace(/[\u0300-\u0331]/g, '')
        .normalize('NFC')
        .match(/[\p{L}\p{N}\p{Co}\p{Mn}]+/gu)
        ?.join(' ') ?? '';
    fc.assert(
      fc.property(text, fc.boolean(), (whole, isEscaped) => {
        const json = JSON.stringify(whole);
        const sent = isEscaped
          ? json.replace(
              /[^\0-\x7f]/g,
              (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
            )
          : json;
        expect(foldPayload(Buffer.from(sent), true)).toBe(reference(whole));
      }),
    );
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
