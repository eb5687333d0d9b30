import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GatewayError } from '../domain/errors.ts';
import { toDocument } from '../routing/to-document.ts';
import { DEFAULT_INGEST_LIMITS, isRefusal, type ReadItem } from './incoming-event.ts';
import { readEvents } from './read-events.ts';

function read(
  contentType: string | undefined,
  body: Uint8Array | string,
  headers = {},
): ReadItem[] {
  return readEvents({
    contentType,
    headers,
    body: Buffer.from(body),
    defaults: { source: '/default' },
    partial: true,
    limits: DEFAULT_INGEST_LIMITS,
  }).items;
}

const CORE = '"specversion":"1.0","id":"1","source":"/s","type":"t"';
const CE_HEADERS = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/s', 'ce-type': 't' };
/** JSON text whose printing differs from `JSON.stringify`'s: spaced out, and with every letter escaped. */
const odd = fc
  .tuple(fc.jsonValue(), fc.constantFrom('', ' ', '\t', '    '), fc.boolean())
  .map(([value, indent, escape]) => {
    const text = JSON.stringify(value, null, indent);
    return escape
      ? text.replaceAll(
          /(?<=")[a-z](?=")/g,
          (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`,
        )
      : text;
  });

describe('reading', () => {
  test('any JSON comes out byte for byte, in every mode', () => {
    fc.assert(
      fc.property(odd, (json) => {
        const items = [
          ...read('application/cloudevents+json', `{"data":${json},${CORE}}`),
          ...read('application/json', `{"type":"t", "data" : ${json} }`),
          ...read('application/cloudevents-batch+json', `[{${CORE}, "data": ${json}}]`),
          ...read('application/json', json, CE_HEADERS),
        ];
        for (const item of items) {
          if (isRefusal(item) || !item.data) throw new Error('expected data');
          expect(Buffer.from(item.data).equals(Buffer.from(json))).toBe(true);
          expect(item.parsedData).toEqual(JSON.parse(json));
        }
      }),
    );
  });

  test('any bytes come out as they went in, in binary mode and as data_base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString('base64');
        const items = [
          ...read('application/octet-stream', bytes, CE_HEADERS),
          ...read('application/cloudevents+json', `{${CORE},"data_base64":"${base64}"}`),
        ];
        for (const item of items) expect(item).toMatchObject({ dataKind: 'binary', data: bytes });
      }),
    );
  });

  test('any attribute text survives the way through a header', () => {
    const encode = (text: string) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const printable = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
      .filter((text) => !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(text));
    fc.assert(
      fc.property(printable, (subject) => {
        const [item] = read('text/plain', 'x', { ...CE_HEADERS, 'ce-subject': encode(subject) });
        expect(item).toMatchObject({ subject });
      }),
    );
  });

  const contentTypes = fc.constantFrom(
    'application/json',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    'text/plain',
    undefined,
  );
  const headers = fc.dictionary(
    fc.constantFrom('ce-id', 'ce-source', 'ce-specversion', 'ce-type', 'ce-time', 'ce-x', 'ce-X_'),
    fc.oneof(fc.constantFrom('1.0', '/a', '%', '"', '%ff'), fc.string({ unit: 'binary' })),
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .array(fc.constantFrom('{', '}', '[', ']', ',', ':', CORE, '"data":', '"id"', '1', '"\\u00'))
      .map((parts) => Buffer.from(parts.join(''))),
  );

  test('whatever is sent, it is read or refused with an error of ours', () => {
    fc.assert(
      fc.property(contentTypes, headers, body, (contentType, sent, bytes) => {
        try {
          for (const item of read(contentType, bytes, sent)) {
            if (isRefusal(item)) expect(item.faults.length).toBeGreaterThan(0);
            else
              expect(
                toDocument({ ...item, eventId: item.eventId ?? '' }, item.parsedData),
              ).toBeDefined();
          }
        } catch (error) {
          expect(error).toBeInstanceOf(GatewayError);
          if (error instanceof GatewayError) expect(error.code).not.toBe('internal');
        }
      }),
      { numRuns: 3000 },
    );
  });
});
