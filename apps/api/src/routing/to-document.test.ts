import { describe, expect, test } from '@jest/globals';
import type { DocumentSource } from './to-document.ts';
import { toDocument } from './to-document.ts';

const event: DocumentSource = {
  eventId: 'e-1',
  source: '/shop',
  type: 'order.created',
  subject: null,
  time: null,
  extensions: {},
  dataKind: 'none',
  data: null,
};

describe('the matched document', () => {
  test('holds attributes, extensions and parsed data', () => {
    const document = toDocument({
      ...event,
      subject: '42',
      time: '2026-01-01T00:00:00Z',
      extensions: { region: 'eu', constructor: 7 },
      dataKind: 'json',
      data: Buffer.from('{"a":{"__proto__":1}}'),
    });
    expect(document).toEqual({
      id: 'e-1',
      source: '/shop',
      type: 'order.created',
      subject: '42',
      time: '2026-01-01T00:00:00Z',
      region: 'eu',
      constructor: 7,
      data: JSON.parse('{"a":{"__proto__":1}}') as unknown,
    });
  });

  test('leaves out what the event does not have', () => {
    expect(Object.keys(toDocument(event)).sort()).toEqual(['id', 'source', 'type']);
  });

  test('leaves out binary data', () => {
    const document = toDocument({ ...event, dataKind: 'binary', data: Buffer.from('{"a":1}') });
    expect(document).not.toHaveProperty('data');
  });

  test('keeps the JSON value null, which differs from absent', () => {
    const bytes = { ...event, dataKind: 'json' as const, data: Buffer.from('null') };
    expect(toDocument(bytes)).toHaveProperty('data', null);
    expect(toDocument(bytes, null)).toHaveProperty('data', null);
  });

  test('uses data that the caller has parsed', () => {
    const parsed = { a: 1 };
    const document = toDocument({ ...event, dataKind: 'json', data: Buffer.from('{}') }, parsed);
    expect(document['data']).toBe(parsed);
  });
});
