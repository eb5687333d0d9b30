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
