import { isAscii } from 'node:buffer';

/** How much of a payload is indexed for free-text search, per event. Words past it are not found. */
export const INDEXED_BYTES = 32 * 1024;
const BACKSLASH = 0x5c;

const wordPattern = /[\p{L}\p{N}\p{Co}\p{Mn}]+/gu;
const wordCharacter = /[\p{L}\p{N}\p{Co}]/u;

/** The words of a free-text search, cut where the full-text index cuts; what holds no letter or digit is passed over. */
export function searchWords(text: string): string[] {
  const words = text.normalize('NFC').match(wordPattern) ?? [];
  return words.filter((word) => wordCharacter.test(word));
}

/** Letters with marks of the Latin script and their like; the marks alone are U+0300 to U+0331. */
const marks = /[\u0300-\u0331]/g;
const nonAscii = /[^\0-\x7f]/;
const notInWords = /[^\p{L}\p{N}\p{Co}\p{Mn}]+/gu;
const longWord = /[^ ]{401,}/g;
const LONGEST_WORD = 400;

/**
 * The words of a text for an engine that takes them as they are: in lower case, without accents, a space between two, cut off after
 * 400 characters. Both what is indexed and what is sought goes through here.
 */
export function foldWords(text: string): string {
  const lower = nonAscii.test(text) ? withoutAccents(text) : text.toLowerCase();
  return cutLongWords(lower.replace(notInWords, ' ').trim());
}

function cutLongWords(words: string): string {
  return words.length > LONGEST_WORD
    ? words.replace(longWord, (word) => word.slice(0, LONGEST_WORD))
    : words;
}

function withoutAccents(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFD').replace(marks, '').normalize('NFC');
}

/**
 * `foldWords` of a payload's text; see `indexedText`. Plain ASCII, the rule, is folded byte by byte: this stands in the way of every event.
 */
export function foldPayload(data: Buffer, isJson: boolean): string {
  const head = data.length > INDEXED_BYTES ? data.subarray(0, INDEXED_BYTES) : data;
  const isPlain = isAscii(head) && !(isJson && head.includes(BACKSLASH));
  return isPlain ? foldAscii(head) : foldWords(indexedText(data, isJson));
}

const SPACE = 0x20;
/** For each byte the one that stands for it among the words, in lower case; a space between words. */
const folded = Uint8Array.from({ length: 128 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[0-9A-Za-z]/.test(character) ? character.toLowerCase().charCodeAt(0) : SPACE;
});

function foldAscii(bytes: Buffer): string {
  const words = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let wordLength = 0;
  let isAfterWord = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const character = folded[bytes[index] ?? 0] ?? SPACE;
    if (character === SPACE) {
      isAfterWord = length > 0;
      wordLength = 0;
    } else if (wordLength < LONGEST_WORD) {
      if (isAfterWord) words[length++] = SPACE;
      isAfterWord = false;
      words[length++] = character;
      wordLength += 1;
    }
  }
  return words.toString('latin1', 0, length);
}

/**
 * The text of a payload for the full-text index: of JSON the text itself (escapes resolved), of binary data the text
 * when it is valid UTF-8; otherwise empty. At most the first 32 KiB of the payload count.
 */
export function indexedText(data: Buffer, isJson: boolean): string {
  const head = data.length > INDEXED_BYTES ? data.subarray(0, INDEXED_BYTES) : data;
  if (!isJson) return decodeStrictly(head, head.length < data.length);
  const text = head.toString('utf8');
  return head.includes(BACKSLASH) ? withoutEscapes(text) : text;
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|.)/gs, (_escape, hex: string | undefined) =>
    hex === undefined ? ' ' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function decodeStrictly(bytes: Buffer, isCut: boolean): string {
  try {
    // `stream` lets a character that the cut went through pass as unfinished.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return '';
  }
}
