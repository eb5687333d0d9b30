import { describe, expect, test } from '@jest/globals';
import {
  binary,
  CORE,
  failure,
  faultsOf,
  plain,
  readOne,
  STRUCTURED,
  structured,
  text,
} from './request-fixtures.ts';

describe('attributes', () => {
  test('every attribute of CloudEvents and any extension is read', () => {
    const members = {
      subject: 'o-1',
      time: '2026-01-31T12:00:00.123456789+02:00',
      datacontenttype: 'application/vnd.shop+json; v=1',
      dataschema: 'https://example.com/order/2',
      sequence: 12,
      urgent: true,
      traceparent: '00-x',
      constructor: 'own',
      data: { a: 1 },
    };
    expect(readOne(structured(members))).toEqual({
      eventId: 'A1',
      source: '/shop',
      type: 'order.created',
      subject: 'o-1',
      time: '2026-01-31T12:00:00.123456789+02:00',
      dataContentType: 'application/vnd.shop+json; v=1',
      dataSchema: 'https://example.com/order/2',
      extensions: { sequence: 12, urgent: true, traceparent: '00-x', constructor: 'own' },
      dataKind: 'json',
      data: new Uint8Array(Buffer.from('{"a":1}')),
      parsedData: { a: 1 },
    });
  });

  test('null means unset', () => {
    const event = readOne(structured({ subject: null, time: null, region: null }));
    expect(event).toMatchObject({ subject: null, time: null, extensions: {} });
  });

  test('an escaped member name is the name it stands for', () => {
    const event = readOne(structured({}, '"\\u0064ata":1,"\\u0073ubject":"s"'));
    expect(event).toMatchObject({ parsedData: 1, subject: 's', extensions: {} });
  });

  test('of equal members the last wins', () => {
    const event = readOne(structured({ data: 1 }, '"id":"A2","data":{"x":2}'));
    expect(event).toMatchObject({ eventId: 'A2' });
    expect(text(event)).toBe('{"x":2}');
  });

  test('1,024 bytes of a type are taken', () => {
    expect(readOne(structured({ type: 'é'.repeat(512) })).type).toHaveLength(512);
  });

  test('4 KiB of an extension and 64 KiB of all of them are taken', () => {
    const region = 'é'.repeat(2048);
    expect(readOne(structured({ region })).extensions).toEqual({ region });
    const names = Array.from({ length: 16 }, (_, index) => `ext${String(index).padStart(2, '0')}`);
    const whole = Object.fromEntries(names.map((name) => [name, 'x'.repeat(4091)]));
    expect(readOne(structured(whole)).extensions).toEqual(whole);
    expect(faultsOf(structured({ ...whole, more: '' }))).toEqual([['/more', 'too_long']]);
    expect(failure(structured({ ...whole, more: '' })).message).toContain(
      'the extensions up to more are 65540 bytes long',
    );
  });

  test.each([-2147483648, 2147483647, 0])('the integer %d is an extension value', (value) => {
    expect(readOne(structured({ sequence: value })).extensions).toEqual({ sequence: value });
  });

  test.each<[string, object, string, string]>([
    ['no id', { id: undefined }, '/id', 'missing'],
    ['id null', { id: null }, '/id', 'missing'],
    ['no source', { source: undefined }, '/source', 'missing'],
    ['no type', { type: undefined }, '/type', 'missing'],
    ['no specversion', { specversion: undefined }, '/specversion', 'missing'],
    ['an empty id', { id: '' }, '/id', 'empty'],
    ['a number as id', { id: 1 }, '/id', 'not_a_string'],
    ['a boolean as type', { type: true }, '/type', 'not_a_string'],
    ['an object as type', { type: {} }, '/type', 'not_a_scalar'],
    ['specversion 0.3', { specversion: '0.3' }, '/specversion', 'unsupported_specversion'],
    ['specversion as number', { specversion: 1 }, '/specversion', 'not_a_string'],
    ['an empty subject', { subject: '' }, '/subject', 'empty'],
    ['a space in source', { source: '/my shop' }, '/source', 'invalid_uri'],
    ['an umlaut in source', { source: '/läden' }, '/source', 'invalid_uri'],
    ['a time without offset', { time: '2026-01-31T12:00:00' }, '/time', 'invalid_time'],
    ['a relative dataschema', { dataschema: '/order/2' }, '/dataschema', 'invalid_uri'],
    ['a dataschema with fragment', { dataschema: 'http://a/b#c' }, '/dataschema', 'invalid_uri'],
    [
      'a bad datacontenttype',
      { datacontenttype: 'json' },
      '/datacontenttype',
      'invalid_media_type',
    ],
    [
      'a datacontenttype that no header can carry',
      { datacontenttype: 'text/plain; title="Übersicht"' },
      '/datacontenttype',
      'invalid_media_type',
    ],
    ['a control character', { id: 'a\nb' }, '/id', 'invalid_characters'],
    ['a NUL', { type: 'a\u0000b' }, '/type', 'invalid_characters'],
    ['a C1 control', { id: 'a\u0085b' }, '/id', 'invalid_characters'],
    ['a lone surrogate', { id: 'a\ud800b' }, '/id', 'invalid_characters'],
    ['a non-character', { region: 'a\uffffb' }, '/region', 'invalid_characters'],
    ['a type that is too long', { type: 'a'.repeat(1025) }, '/type', 'too_long'],
    [
      'a time that is too long',
      { time: `2026-01-31T12:00:00.${'1'.repeat(2048)}Z` },
      '/time',
      'too_long',
    ],
    [
      'a dataschema that is too long',
      { dataschema: `x:${'y'.repeat(2047)}` },
      '/dataschema',
      'too_long',
    ],
    [
      'a datacontenttype that is too long',
      { datacontenttype: `a/${'b'.repeat(2047)}` },
      '/datacontenttype',
      'too_long',
    ],
    ['an extension that is too long', { region: 'é'.repeat(2049) }, '/region', 'too_long'],
    [
      'an extension with too long a name',
      { ['a'.repeat(101)]: 1 },
      `/${'a'.repeat(101)}`,
      'invalid_name',
    ],
    ['a type that is too long in UTF-8', { type: 'é'.repeat(513) }, '/type', 'too_long'],
    ['a capital in a name', { myRegion: 'x' }, '/myRegion', 'invalid_name'],
    ['an underscore in a name', { my_region: 'x' }, '/my_region', 'invalid_name'],
    ['an empty name', { '': 'x' }, '/', 'invalid_name'],
    ['a slash in a name', { 'a/b~c': 'x' }, '/a~1b~0c', 'invalid_name'],
    ['an array as extension', { tags: [] }, '/tags', 'not_a_scalar'],
    ['an object as extension', { region: { a: 1 } }, '/region', 'not_a_scalar'],
    ['a fraction as extension', { rate: 1.5 }, '/rate', 'invalid_integer'],
    ['an integer above 32 bits', { count: 2147483648 }, '/count', 'invalid_integer'],
    ['an integer below 32 bits', { count: -2147483649 }, '/count', 'invalid_integer'],
  ])('%s is refused by name', (_, members, pointer, code) => {
    expect(faultsOf(structured(members))).toEqual([[pointer, code]]);
  });

  test.each(['1.0', '1e3', '-0.0'])('the number %s is not an integer', (number) => {
    expect(faultsOf(structured({}, `"count":${number}`))).toEqual([['/count', 'invalid_integer']]);
  });

  test('a member called __proto__ is refused and changes nothing', () => {
    expect(faultsOf(structured({}, '"__proto__":"x"'))).toEqual([['/__proto__', 'invalid_name']]);
    expect(faultsOf(structured({}, '"__proto__":{"type":"x"}'))).toEqual([
      ['/__proto__', 'not_a_scalar'],
    ]);
  });

  test('all faults of an event are named, up to twenty', () => {
    expect(faultsOf({ contentType: STRUCTURED, body: '{"time":"x"}' })).toHaveLength(5);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`A${index}`, 1]));
    expect(faultsOf(structured(many))).toHaveLength(20);
  });
});

describe('the plain form', () => {
  test('id, subject, time and source are taken', () => {
    const members = {
      id: 'A',
      subject: 's',
      time: '2026-01-31T12:00:00Z',
      source: '/x',
      type: 't',
    };
    expect(readOne(plain(members))).toMatchObject({
      eventId: 'A',
      subject: 's',
      time: '2026-01-31T12:00:00Z',
      source: '/x',
    });
  });

  test('null means missing', () => {
    expect(readOne(plain({ type: 'a', id: null, source: null }))).toMatchObject({
      eventId: null,
      source: '/sources/src_1',
    });
  });

  test.each<[string, object, string, string]>([
    ['no type', { data: 1 }, '/type', 'missing'],
    ['type null', { type: null }, '/type', 'missing'],
    ['a number as type', { type: 1 }, '/type', 'not_a_string'],
    ['an empty id', { type: 'a', id: '' }, '/id', 'empty'],
    ['a bad time', { type: 'a', time: 'now' }, '/time', 'invalid_time'],
    ['an unknown member', { type: 'a', orderId: 1 }, '/orderId', 'unknown_member'],
    ['a CloudEvents member', { type: 'a', dataschema: 'x:y' }, '/dataschema', 'unknown_member'],
  ])('%s is refused by name', (_, members, pointer, code) => {
    expect(faultsOf(plain(members))).toEqual([[pointer, code]]);
  });

  test('an unknown member is told where to go', () => {
    expect(failure(plain({ type: 'a', orderId: 1 })).message).toContain('move it into data');
    expect(failure(plain(CORE)).message).toContain('Content-Type: application/cloudevents+json');
  });

  test.each(['[]', '"x"', '1', 'null'])('%s is no event', (body) => {
    expect(faultsOf({ contentType: 'application/json', body })).toEqual([['', 'not_an_object']]);
    expect(faultsOf({ contentType: STRUCTURED, body })).toEqual([['', 'not_an_object']]);
  });
});

describe('binary mode', () => {
  test('headers are percent-decoded exactly once, after quotes are undone', () => {
    const event = readOne(
      binary({
        'ce-subject': 'Euro%20%e2%82%ac%20%F0%9F%98%80',
        'ce-twice': '%2541',
        'ce-quoted': '"a \\"b\\" %41"',
        'ce-empty': '',
        'ce-number': '5',
      }),
    );
    expect(event.subject).toBe('Euro € 😀');
    const extensions = { twice: '%41', quoted: 'a "b" A', empty: '', number: '5' };
    expect(event.extensions).toEqual(extensions);
  });

  test('raw UTF-8 in a header is understood', () => {
    const raw = Buffer.from('Größe').toString('latin1');
    expect(readOne(binary({ 'ce-subject': raw })).subject).toBe('Größe');
  });

  test.each<[string, Record<string, string | string[]>, string, string]>([
    ['overlong UTF-8', { 'ce-subject': '%C0%A0' }, 'ce-subject', 'invalid_header'],
    ['an encoded surrogate', { 'ce-subject': '%ED%A0%80' }, 'ce-subject', 'invalid_header'],
    ['raw Latin-1', { 'ce-subject': 'Gr\u00f6\u00dfe' }, 'ce-subject', 'invalid_header'],
    ['half a percent-encoding', { 'ce-subject': '100%' }, 'ce-subject', 'invalid_header'],
    ['a bad percent-encoding', { 'ce-subject': '%zz' }, 'ce-subject', 'invalid_header'],
    ['an open quote', { 'ce-subject': '"abc' }, 'ce-subject', 'invalid_header'],
    ['an open escape', { 'ce-subject': '"abc\\' }, 'ce-subject', 'invalid_header'],
    ['a header sent twice', { 'ce-subject': ['a', 'b'] }, 'ce-subject', 'invalid_header'],
    ['an encoded control character', { 'ce-id': 'a%0Ab' }, 'ce-id', 'invalid_characters'],
    ['an empty type', { 'ce-type': '' }, 'ce-type', 'empty'],
    ['another version', { 'ce-specversion': '2.0' }, 'ce-specversion', 'unsupported_specversion'],
    [
      'ce-datacontenttype',
      { 'ce-datacontenttype': 'a/b' },
      'ce-datacontenttype',
      'forbidden_header',
    ],
    ['an extension that is too long', { 'ce-region': 'a'.repeat(4097) }, 'ce-region', 'too_long'],
    ['ce-data', { 'ce-data': 'x' }, 'ce-data', 'invalid_name'],
    ['a name with a dash', { 'ce-my-name': 'x' }, 'ce-my-name', 'invalid_name'],
    ['no name', { 'ce-': 'x' }, 'ce-', 'invalid_name'],
  ])('%s is refused by header', (_, headers, pointer, code) => {
    expect(faultsOf(binary(headers))).toEqual([[pointer, code]]);
  });

  test('a bad content type is refused', () => {
    expect(faultsOf(binary({}, 'x', 'nonsense'))).toEqual([['content-type', 'invalid_media_type']]);
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.a.b+json'])(
    '%s is JSON and must parse',
    (contentType) => {
      expect(readOne(binary({}, ' {"a":1}\n', contentType)).parsedData).toEqual({ a: 1 });
      expect(failure(binary({}, '{"a":', contentType)).code).toBe('malformed_json');
    },
  );

  test.each(['text/plain', 'application/xml', 'application/jsonlines', undefined])(
    'content type %j is opaque bytes',
    (contentType) => {
      const event = readOne(binary({}, '{"a":', contentType));
      expect(event).toMatchObject({ dataKind: 'binary', dataContentType: contentType ?? null });
      expect(text(event)).toBe('{"a":');
    },
  );
});
