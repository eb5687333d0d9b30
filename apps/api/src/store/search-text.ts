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
  return nonAscii.test(text) ? foldLetters(text) : foldBytes(Buffer.from(text, 'latin1'), false);
}

function foldLetters(text: string): string {
  return cutLongWords(withoutAccents(text).replace(notInWords, ' ').trim());
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
 * `foldWords` of a payload's text; see `indexedText`. This stands in the way of every event, so what is plain ASCII, the rule, is folded byte by byte, and of
 * other text only the stretches that are not.
 */
export function foldPayload(data: Buffer, isJson: boolean): string {
  const head = data.length > INDEXED_BYTES ? data.subarray(0, INDEXED_BYTES) : data;
  return isJson || isAscii(head) ? foldBytes(head, isJson) : foldWords(indexedText(data, false));
}

const SPACE = 0x20;
const LETTER_U = 0x75;
/** For each byte the one that stands for it among the words, in lower case; a space between words. */
const folded = Uint8Array.from({ length: 128 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[0-9A-Za-z]/.test(character) ? character.toLowerCase().charCodeAt(0) : SPACE;
});

/** Folds UTF-8, in stretches that end at ASCII characters outside words; one with other letters, or with an escaped one, is folded as a text of its own. */
function foldBytes(bytes: Buffer, hasEscapes: boolean): string {
  const words = Buffer.allocUnsafe(bytes.length + 1);
  let before = '';
  let length = 0;
  let stretchAt = 0;
  let lengthBefore = 0;
  let isPlain = true;
  let wordLength = 0;

  const endStretch = (end: number, next: number) => {
    if (!isPlain) {
      const text = bytes.toString('utf8', stretchAt, end);
      const letters = foldLetters(hasEscapes ? withoutEscapes(text) : text);
      before += words.toString('latin1', 0, lengthBefore);
      if (letters !== '') before += before === '' ? letters : ` ${letters}`;
      length = 0;
    }
    stretchAt = next;
    lengthBefore = length;
    isPlain = true;
    wordLength = 0;
  };

  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? SPACE;
    const character = byte < 128 ? (folded[byte] ?? SPACE) : 0;
    if (character === 0) {
      isPlain = false;
    } else if (byte === BACKSLASH && hasEscapes) {
      index += 1;
      if (bytes[index] === LETTER_U) isPlain = false;
      else endStretch(index - 1, index + 1);
    } else if (character === SPACE) {
      endStretch(index, index + 1);
    } else if (wordLength < LONGEST_WORD) {
      if (wordLength === 0 && (length > 0 || before !== '')) words[length++] = SPACE;
      words[length++] = character;
      wordLength += 1;
    }
  }
  endStretch(bytes.length, bytes.length);
  return before + words.toString('latin1', 0, length);
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
