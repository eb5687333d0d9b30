import { isUtf8 } from 'node:buffer';
import { malformedJson } from './malformed-json.ts';

/** A JSON value's place: bytes `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const LETTER_U = 0x75;
const FIRST_PRINTABLE = 0x20;

const LITERALS = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]),
);
/** The bytes that may follow a backslash, besides `u` (RFC 8259, section 7). */
const ESCAPES = new Set(Buffer.from('"\\/bfnrt'));

/**
 * Walks JSON text (RFC 8259) once, checks it, and tells where values stand, so that they can be cut out without being
 * printed again. It accepts exactly what `JSON.parse` accepts, up to `maxDepth` levels of nesting; a byte order mark
 * in front is passed over. Throws `malformed_json` with the position.
 */
export class JsonScanner {
  readonly bytes: Buffer;
  readonly #maxDepth: number;
  #position = 0;

  constructor(body: Uint8Array, maxDepth: number) {
    this.bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    this.#maxDepth = maxDepth;
    if (!isUtf8(this.bytes))
      throw malformedJson(this.bytes, firstBadByte(this.bytes), 'invalid UTF-8');
    if (startsWithByteOrderMark(this.bytes)) this.#position = 3;
  }

  /** The offset of the next byte to read. */
  get position(): number {
    return this.#position;
  }

  /** The first byte of the next value. Throws at the end of the text. */
  peek(): number {
    this.#skipSpace();
    return this.bytes[this.#position] ?? this.#fail('the text ends where a value was expected');
  }

  /** Passes over the next value, which stands inside `depth` arrays and objects. */
  value(depth: number): Span {
    const first = this.peek();
    const start = this.#position;
    if (first === QUOTE) this.#string();
    else if (first === OPEN_OBJECT) this.#object(depth + 1, null);
    else if (first === OPEN_ARRAY) this.#array(depth + 1);
    else if (first === MINUS || isDigit(first)) this.#number();
    else this.#literal(first);
    return { start, end: this.#position };
  }

  /** Passes over the next value, an object, and tells where its members' values stand; of equal keys the last wins. */
  members(depth: number): Map<string, Span> {
    const members = new Map<string, Span>();
    if (this.peek() !== OPEN_OBJECT) this.#fail('expected an object');
    this.#object(depth + 1, members);
    return members;
  }

  /** Passes over the next value, an array; `onElement` must pass over each element and gets its index. */
  elements(onElement: (index: number) => void): void {
    if (this.peek() !== OPEN_ARRAY) this.#fail('expected an array');
    this.#position += 1;
    if (this.peek() === CLOSE_ARRAY) {
      this.#position += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      onElement(index);
      if (!this.#goesOn(CLOSE_ARRAY)) return;
    }
  }

  /** Throws unless only white space is left. */
  end(): void {
    this.#skipSpace();
    if (this.#position < this.bytes.length) this.#fail('unexpected text after the value');
  }

  text(span: Span): string {
    return this.bytes.toString('utf8', span.start, span.end);
  }

  /** The value of a string whose span includes its quotes. */
  stringAt(span: Span): string {
    const inner = this.bytes.toString('utf8', span.start + 1, span.end - 1);
    return inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string) : inner;
  }

  #object(depth: number, members: Map<string, Span> | null): void {
    this.#enter(depth);
    if (this.peek() === CLOSE_OBJECT) {
      this.#position += 1;
      return;
    }
    do {
      if (this.peek() !== QUOTE) this.#fail('expected a member name in double quotes');
      const start = this.#position;
      this.#string();
      const key = members && this.stringAt({ start, end: this.#position });
      if (this.peek() !== COLON) this.#fail('expected ":"');
      this.#position += 1;
      const value = this.value(depth);
      if (key !== null) members?.set(key, value);
    } while (this.#goesOn(CLOSE_OBJECT));
  }

  #array(depth: number): void {
    this.#enter(depth);
    if (this.peek() === CLOSE_ARRAY) {
      this.#position += 1;
      return;
    }
    do this.value(depth);
    while (this.#goesOn(CLOSE_ARRAY));
  }

  #enter(depth: number): void {
    if (depth > this.#maxDepth) {
      throw malformedJson(this.bytes, this.#position, 'the text nests too deep', 'too_deep');
    }
    this.#position += 1;
  }

  /** Passes over a comma (true) or the closing bracket (false). */
  #goesOn(close: number): boolean {
    const next = this.peek();
    if (next !== COMMA && next !== close) {
      this.#fail(`expected "," or "${String.fromCharCode(close)}"`);
    }
    this.#position += 1;
    return next === COMMA;
  }

  #string(): void {
    const { bytes } = this;
    const { length } = bytes;
    let at = this.#position + 1;
    while (at < length) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        this.#position = at + 1;
        return;
      }
      if (byte < FIRST_PRINTABLE) {
        this.#position = at;
        this.#fail('control character inside a string');
      }
      at = byte === BACKSLASH ? this.#escape(at) : at + 1;
    }
    this.#position = length;
    this.#fail('the text ends inside a string');
  }

  /** The offset after the escape that begins at `at`. */
  #escape(at: number): number {
    const letter = this.bytes[at + 1] ?? 0;
    if (ESCAPES.has(letter)) return at + 2;
    const digits = this.bytes.toString('latin1', at + 2, at + 6);
    if (letter === LETTER_U && /^[0-9a-f]{4}$/i.test(digits)) return at + 6;
    this.#position = at;
    return this.#fail('bad escape inside a string');
  }

  #number(): void {
    if (this.bytes[this.#position] === MINUS) this.#position += 1;
    if (this.bytes[this.#position] === ZERO) this.#position += 1;
    else this.#digits();
    if (this.bytes[this.#position] === DOT) {
      this.#position += 1;
      this.#digits();
    }
    // `e` and `E` differ in one bit.
    if (((this.bytes[this.#position] ?? 0) | 0x20) === 0x65) {
      this.#position += 1;
      const sign = this.bytes[this.#position];
      if (sign === PLUS || sign === MINUS) this.#position += 1;
      this.#digits();
    }
  }

  #digits(): void {
    if (!isDigit(this.bytes[this.#position] ?? 0)) this.#fail('expected a digit');
    while (isDigit(this.bytes[this.#position] ?? 0)) this.#position += 1;
  }

  #literal(first: number): void {
    const word = LITERALS.get(first);
    if (!word) return this.#fail('expected a value');
    for (const byte of word) {
      if (this.bytes[this.#position] !== byte) this.#fail('expected a value');
      this.#position += 1;
    }
  }

  #skipSpace(): void {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.#position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#position += 1;
    }
  }

  #fail(detail: string): never {
    throw malformedJson(this.bytes, this.#position, detail);
  }
}

export function startsWithByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** Decoding replaces what is not UTF-8, so the first difference after encoding again is the fault. */
function firstBadByte(bytes: Buffer): number {
  const repaired = Buffer.from(bytes.toString('utf8'));
  const at = bytes.findIndex((byte, index) => byte !== repaired[index]);
  return Math.max(at, 0);
}
