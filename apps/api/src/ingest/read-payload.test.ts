import { describe, expect, test } from '@jest/globals';
import { binary, faultsOf, plain, readOne, structured, text } from './request-fixtures.ts';

describe('data', () => {
  test.each([
    ['a number beyond 2^53', '12345678901234567890.12345678901234567890'],
    ['key order and duplicate keys', '{"b":1,"a":2,"b":3}'],
    ['escapes', '"\\u0041\\/\\n\\ud83d\\ude00"'],
    ['a lone surrogate escape', '["\\ud800"]'],
    ['white space inside', '{ "a" :\t[ 1 ,\r\n 2 ] }'],
    ['a __proto__ key', '{"__proto__":{"a":1}}'],
    ['an exponent', '3.0E+2'],
    ['a string that looks like JSON', '"{\\"a\\":1}"'],
    ['characters outside ASCII', '"Euro € 😀"'],
  ])('%s leaves as it came, in every mode', (_, json) => {
    const events = [
      readOne(structured({}, `"data" : ${json} `)),
      readOne({ contentType: 'application/json', body: `{"type":"a","data":${json}\n}` }),
      readOne(binary({}, json, 'application/json')),
    ];
    for (const event of events) {
      expect(text(event)).toBe(json);
      expect(event).toMatchObject({ dataKind: 'json', parsedData: JSON.parse(json) as unknown });
    }
  });

  test('a JSON string is a string, also under a JSON content type', () => {
    const event = readOne(structured({ datacontenttype: 'application/json', data: '{"a":1}' }));
    expect(event.parsedData).toBe('{"a":1}');
  });

  test('data: null is data, and no data is none', () => {
    expect(readOne(structured({ data: null }))).toMatchObject({
      dataKind: 'json',
      parsedData: null,
    });
    expect(readOne(structured({}))).toMatchObject({ dataKind: 'none', data: null });
    expect(readOne(plain({ type: 'a', data: null }))).toMatchObject({ dataKind: 'json' });
    expect(readOne(plain({ type: 'a' }))).toMatchObject({
      dataKind: 'none',
      dataContentType: null,
    });
    expect(readOne(binary({}, '', 'text/plain'))).toMatchObject({ dataKind: 'none', data: null });
  });

  test('data without datacontenttype is JSON, and the event says so', () => {
    expect(readOne(structured({ data: 1 })).dataContentType).toBe('application/json');
    expect(readOne(structured({})).dataContentType).toBeNull();
  });

  test('the payload has memory of its own', () => {
    const event = readOne(structured({ data: { a: 1 } }));
    expect(event.data?.buffer.byteLength).toBe(event.data?.byteLength);
  });

  test('data_base64 is decoded to bytes, and without a content type nothing is assumed', () => {
    const event = readOne(structured({ data_base64: 'AP/+' }));
    expect(event).toMatchObject({
      dataKind: 'binary',
      dataContentType: null,
      parsedData: undefined,
    });
    expect(event.data).toEqual(new Uint8Array([0, 255, 254]));
  });

  test('data_base64 may be empty or null', () => {
    expect(readOne(structured({ data_base64: '' })).data).toHaveLength(0);
    expect(readOne(structured({ data_base64: null })).dataKind).toBe('none');
  });

  test('data_base64 that is declared as JSON is read as JSON', () => {
    const members = { datacontenttype: 'application/json', data_base64: 'eyJhIjoxfQ==' };
    const event = readOne(structured(members));
    expect(event).toMatchObject({ dataKind: 'json', parsedData: { a: 1 } });
  });

  test.each<[string, object, string]>([
    ['data and data_base64', { data: null, data_base64: 'AAAA' }, 'two_payloads'],
    ['a number as data_base64', { data_base64: 1 }, 'invalid_base64'],
    ['base64 without padding', { data_base64: 'AA' }, 'invalid_base64'],
    ['base64 with a line break', { data_base64: 'AAAA\nAAAA' }, 'invalid_base64'],
    ['the URL alphabet', { data_base64: 'A-_A' }, 'invalid_base64'],
    ['padding inside', { data_base64: 'AA==AAAA' }, 'invalid_base64'],
    ['stray bits', { data_base64: 'AB==' }, 'invalid_base64'],
    ['no JSON', { datacontenttype: 'text/json', data_base64: 'AAAA' }, 'malformed_json'],
  ])('%s is refused', (_, members, code) => {
    expect(faultsOf(structured(members))).toEqual([['/data_base64', code]]);
  });
});
