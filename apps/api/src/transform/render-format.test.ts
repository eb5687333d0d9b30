import { describe, expect, test } from '@jest/globals';
import type { RenderedEvent } from './attributes-of.ts';
import { renderFormat } from './render-format.ts';

const base: RenderedEvent = {
  eventId: 'A234-1234',
  source: '/shop',
  type: 'order.created',
  subject: null,
  time: '2026-01-02T03:04:05.678+02:00',
  dataContentType: 'application/json',
  dataSchema: null,
  extensions: {},
  dataKind: 'none',
  data: null,
  receivedAt: Date.UTC(2026, 0, 1),
};
const json = (text: string, more: Partial<RenderedEvent> = {}): RenderedEvent => ({
  ...base,
  dataKind: 'json',
  data: Buffer.from(text),
  ...more,
});
const binary = (bytes: Uint8Array, dataContentType: string | null): RenderedEvent => ({
  ...base,
  dataKind: 'binary',
  data: bytes,
  dataContentType,
});
const bodyOf = (event: RenderedEvent, format: Parameters<typeof renderFormat>[1]): string =>
  Buffer.from(renderFormat(event, format).body).toString('utf8');

describe('the payload leaves byte for byte as it came', () => {
  test.each([
    ['numbers beyond 2^53', '{"n":9007199254740993,"e":1.0e400,"z":-0.0,"d":1.10}'],
    ['key order', '{"b":1,"a":2,"10":3,"9":4}'],
    ['duplicate keys', '{"a":1,"a":2}'],
    ['escapes', '{"a":"\\u0041\\/\\ud83d\\ude00 é"}'],
    ['white space', ' {\r\n\t"a" : 1 } '],
    ['null', 'null'],
    ['a text that looks like JSON', '"{\\"a\\":1}"'],
    ['a prototype', '{"__proto__":{"a":1}}'],
  ])('%s', (_, text) => {
    const event = json(text);
    expect(bodyOf(event, 'data')).toBe(text);
    expect(bodyOf(event, 'cloudevents-binary')).toBe(text);
    expect(bodyOf(event, 'standard')).toBe(
      `{"type":"order.created","timestamp":"2026-01-02T03:04:05.678+02:00","data":${text}}`,
    );
    expect(bodyOf(event, 'cloudevents-structured')).toBe(
      '{"specversion":"1.0","id":"A234-1234","source":"/shop","type":"order.created",' +
        `"time":"2026-01-02T03:04:05.678+02:00","datacontenttype":"application/json","data":${text}}`,
    );
  });
});

describe('standard', () => {
  test('is JSON, with the moment of receipt where the event names no time', () => {
    const { body, contentType, headers } = renderFormat(json('1', { time: null }), 'standard');
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({
      type: 'order.created',
      timestamp: '2026-01-01T00:00:00.000Z',
      data: 1,
    });
    expect([contentType, headers]).toEqual(['application/json', {}]);
  });

  test('tells absent data from null and is never empty', () => {
    expect(JSON.parse(bodyOf(base, 'standard'))).not.toHaveProperty('data');
    expect(JSON.parse(bodyOf(json('null'), 'standard'))).toHaveProperty('data', null);
  });

  test('carries text as text and other bytes as base64', () => {
    const text = binary(Buffer.from('\ufeffline "1"\n😀'), 'text/plain; charset=utf-8');
    expect(JSON.parse(bodyOf(text, 'standard'))).toHaveProperty('data', '\ufeffline "1"\n😀');
    const broken = binary(Buffer.from([0x61, 0xff]), 'text/plain');
    expect(JSON.parse(bodyOf(broken, 'standard'))).toHaveProperty('data', 'Yf8=');
    const image = binary(Buffer.from('abc'), 'image/png');
    expect(JSON.parse(bodyOf(image, 'standard'))).toHaveProperty('data', 'YWJj');
  });
});

describe('cloudevents-structured', () => {
  test('has the event media type and every attribute as a member', () => {
    const event = json('{}', {
      subject: '"42"',
      dataSchema: 'https://example.com/s',
      extensions: { region: 'eu', level: 3, sampled: true },
      dataContentType: null,
    });
    expect(renderFormat(event, 'cloudevents-structured').contentType).toBe(
      'application/cloudevents+json',
    );
    expect(JSON.parse(bodyOf(event, 'cloudevents-structured'))).toEqual({
      specversion: '1.0',
      id: 'A234-1234',
      source: '/shop',
      type: 'order.created',
      subject: '"42"',
      time: '2026-01-02T03:04:05.678+02:00',
      dataschema: 'https://example.com/s',
      region: 'eu',
      level: 3,
      sampled: true,
      datacontenttype: 'application/json',
      data: {},
    });
  });

  test('carries binary data in data_base64 only, and assumes no type for them', () => {
    const event = JSON.parse(
      bodyOf(binary(Buffer.from([0, 255]), null), 'cloudevents-structured'),
    ) as unknown;
    expect(event).toHaveProperty('data_base64', 'AP8=');
    expect(event).not.toHaveProperty('data');
    expect(event).not.toHaveProperty('datacontenttype');
  });

  test('has no data member where the event has no data', () => {
    const event = JSON.parse(bodyOf(base, 'cloudevents-structured')) as unknown;
    expect(event).not.toHaveProperty('data');
    expect(event).not.toHaveProperty('data_base64');
  });

  test('keeps a text of another type as a JSON string', () => {
    const event = json('"a \\u0041"', { dataContentType: 'text/plain' });
    expect(bodyOf(event, 'cloudevents-structured')).toContain(
      '"datacontenttype":"text/plain","data":"a \\u0041"}',
    );
  });
});

describe('cloudevents-binary', () => {
  test('has one header for each attribute, percent-encoded, and none for datacontenttype', () => {
    const event = json('{}', {
      subject: 'Euro € 😀',
      extensions: { quote: 'a"b%c', level: -1, sampled: false },
    });
    expect(renderFormat(event, 'cloudevents-binary')).toMatchObject({
      contentType: 'application/json',
      headers: {
        'ce-specversion': '1.0',
        'ce-id': 'A234-1234',
        'ce-source': '/shop',
        'ce-type': 'order.created',
        'ce-time': '2026-01-02T03:04:05.678+02:00',
        'ce-subject': 'Euro%20%E2%82%AC%20%F0%9F%98%80',
        'ce-quote': 'a%22b%25c',
        'ce-level': '-1',
        'ce-sampled': 'false',
      },
    });
    expect(renderFormat(event, 'cloudevents-binary').headers).not.toHaveProperty(
      'ce-datacontenttype',
    );
  });

  test('has an empty body where the event has no data', () => {
    const { body, contentType } = renderFormat(
      { ...base, dataContentType: null },
      'cloudevents-binary',
    );
    expect([body.length, contentType]).toEqual([0, null]);
  });
});

describe.each(['data', 'cloudevents-binary'] as const)('%s', (format) => {
  test('sends bytes under their own type', () => {
    const bytes = Buffer.from([0, 1, 255]);
    expect(renderFormat(binary(bytes, 'image/png'), format)).toMatchObject({
      body: bytes,
      contentType: 'image/png',
    });
    expect(renderFormat(binary(bytes, null), format).contentType).toBeNull();
  });

  test('sends the text of a JSON string whose type is not JSON, and a JSON string as it is', () => {
    expect(bodyOf(json('"a\\nb"', { dataContentType: 'text/plain' }), format)).toBe('a\nb');
    expect(bodyOf(json('{"a":1}', { dataContentType: 'text/plain' }), format)).toBe('{"a":1}');
    const vendor = json('"a\\nb"', { dataContentType: 'Application/vnd.x+JSON; charset=utf-8' });
    expect(bodyOf(vendor, format)).toBe('"a\\nb"');
  });
});
