import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../domain/errors.ts';
import { DEFAULT_INGEST_LIMITS, isRefusal, type IncomingEvent } from './incoming-event.ts';
import { readEvents, type EventsRequest } from './read-events.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const CORE = { specversion: '1.0', id: 'A1', source: '/shop', type: 'order.created' };
const HEADERS = { 'ce-specversion': '1.0', 'ce-id': 'A1', 'ce-source': '/shop', 'ce-type': 'a.b' };

type Input = Partial<Omit<EventsRequest, 'body'>> & { body?: string | Uint8Array };

function read(input: Input) {
  const body = input.body ?? '';
  return readEvents({
    contentType: undefined,
    headers: {},
    defaults: { source: '/sources/src_1' },
    partial: false,
    limits: DEFAULT_INGEST_LIMITS,
    ...input,
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });
}

function readOne(input: Input): IncomingEvent {
  const { mode, items } = read(input);
  const [item] = items;
  if (mode !== 'single' || !item || isRefusal(item)) throw new Error('expected one event');
  return item;
}

function structured(members: object, raw = ''): Input {
  const text = JSON.stringify({ ...CORE, ...members });
  return { contentType: STRUCTURED, body: raw === '' ? text : `${text.slice(0, -1)},${raw}}` };
}

function plain(members: object): Input {
  return { contentType: 'application/json', body: JSON.stringify(members) };
}

function binary(
  headers: Record<string, string | string[]>,
  body = '',
  contentType?: string,
): Input {
  return { contentType, headers: { ...HEADERS, ...headers }, body };
}

function failure(input: Input): GatewayError {
  try {
    read(input);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('expected a GatewayError');
}

function faultsOf(input: Input): [string, string][] {
  const error = failure(input);
  expect(error.code).toBe('invalid_event');
  return error.faults.map(({ pointer, code }) => [pointer, code]);
}

function text(event: IncomingEvent): string | null {
  return event.data && Buffer.from(event.data).toString('utf8');
}

describe('the mode', () => {
  test('a batch content type is a batch, whatever its case and parameters', () => {
    const body = JSON.stringify([CORE]);
    const contentType = 'Application/CloudEvents-Batch+JSON; charset=UTF-8';
    expect(read({ contentType, body }).mode).toBe('batch');
  });

  test('a structured content type wins over ce- headers', () => {
    const event = readOne({ ...structured({}), headers: { ...HEADERS, 'ce-id': 'other' } });
    expect(event.eventId).toBe('A1');
  });

  test('with all four ce- headers JSON is the data of a binary event', () => {
    const event = readOne(binary({}, '{"type":"x"}', 'application/json'));
    expect(event).toMatchObject({ type: 'a.b', parsedData: { type: 'x' } });
  });

  test('JSON without ce- headers is the plain form', () => {
    expect(readOne(plain({ type: 'a.b', data: 1 }))).toMatchObject({
      eventId: null,
      source: '/sources/src_1',
      type: 'a.b',
      dataContentType: 'application/json',
    });
  });

  test.each([
    [undefined],
    [''],
    ['text/plain'],
    ['application/xml'],
    ['application/vnd.shop+json'],
    ['application/cloudevents'],
    ['application/cloudevents+avro'],
    ['application/cloudevents+protobuf'],
    ['application/CloudEvents-Batch+Avro; x=y'],
    ['application/cloudevents-batch'],
  ])('content type %j without ce- headers is an unsupported media type', (contentType) => {
    expect(failure({ contentType, body: '{}' }).code).toBe('unsupported_media_type');
  });

  test('a CloudEvents format that cannot be read stays unsupported with ce- headers', () => {
    const request = { contentType: 'application/cloudevents+avro', headers: HEADERS, body: 'x' };
    expect(failure(request).code).toBe('unsupported_media_type');
  });

  test('an incomplete binary event is told which headers are missing', () => {
    const { 'ce-type': _, ...headers } = HEADERS;
    const error = failure({ contentType: 'text/plain', headers, body: 'x' });
    expect(error.code).toBe('unsupported_media_type');
    expect(error.message).toContain('add the missing headers: ce-type');
  });
});

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
    ['a control character', { id: 'a\nb' }, '/id', 'invalid_characters'],
    ['a NUL', { type: 'a\u0000b' }, '/type', 'invalid_characters'],
    ['a C1 control', { id: 'a\u0085b' }, '/id', 'invalid_characters'],
    ['a lone surrogate', { id: 'a\ud800b' }, '/id', 'invalid_characters'],
    ['a non-character', { region: 'a\uffffb' }, '/region', 'invalid_characters'],
    ['a type that is too long', { type: 'a'.repeat(1025) }, '/type', 'too_long'],
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
      expect(event).toMatchObject({ dataKind: 'json', parsedData: JSON.parse(json) });
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

describe('a batch', () => {
  test('an empty one is valid', () => {
    expect(read({ contentType: BATCH, body: ' [ ] ' })).toEqual({ mode: 'batch', items: [] });
  });

  test('each item is cut out as it stands', () => {
    const one = `{"specversion":"1.0","id":"1","source":"/a","type":"t","data":{"n":1.00}}`;
    const { items } = read({ contentType: BATCH, body: `[${one} , ${one}]` });
    const texts = items.map((item) => (isRefusal(item) ? null : text(item)));
    expect(texts).toEqual(['{"n":1.00}', '{"n":1.00}']);
  });

  const mixed = JSON.stringify([CORE, { ...CORE, type: '' }, 7, CORE, { ...CORE, id: undefined }]);

  test('one bad item refuses all, and every bad index is named', () => {
    const error = failure({ contentType: BATCH, body: mixed });
    expect(error.code).toBe('invalid_event');
    expect(error.message).toContain('3 of 5 events');
    expect(error.message).toContain('indexes: 1, 2, 4');
    const pointers = error.faults.map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/1/type', '/2', '/4/id']);
  });

  test('in part, each bad item stands in its place', () => {
    const { items } = read({ contentType: BATCH, body: mixed, partial: true });
    expect(items.map(isRefusal)).toEqual([false, true, true, false, true]);
  });

  test.each(['{}', '1', 'null', JSON.stringify(CORE)])('%s is no batch', (body) => {
    expect(faultsOf({ contentType: BATCH, body })).toEqual([['', 'not_an_array']]);
  });
});

describe('limits', () => {
  const limits = { maxEventBytes: 100_000, maxBatchBytes: 200_000, maxBatchEvents: 3 };
  const sized = (sizeBytes: number) => {
    const text = JSON.stringify({ ...CORE, data: '' });
    return text.replace('"data":""', `"data":"${'x'.repeat(sizeBytes - text.length)}"`);
  };

  test('an event may be as long as its limit and no longer', () => {
    expect(readOne({ contentType: STRUCTURED, body: sized(100_000), limits }).dataKind).toBe(
      'json',
    );
    const error = failure({ contentType: STRUCTURED, body: sized(100_001), limits });
    expect(error.code).toBe('body_too_large');
  });

  test('64 KiB are taken however small the limit is', () => {
    const low = { maxEventBytes: 1, maxBatchBytes: 1, maxBatchEvents: 1 };
    expect(readOne({ contentType: STRUCTURED, body: sized(65_536), limits: low }).dataKind).toBe(
      'json',
    );
    expect(failure({ contentType: STRUCTURED, body: sized(65_537), limits: low }).code).toBe(
      'body_too_large',
    );
  });

  test('a batch is limited in bytes and in events', () => {
    const batch = (...items: string[]) => ({
      contentType: BATCH,
      body: `[${items.join()}]`,
      limits,
    });
    expect(read(batch(sized(99_000), sized(99_000), sized(200))).items).toHaveLength(3);
    expect(failure(batch(sized(99_000), sized(99_000), sized(3000))).code).toBe('body_too_large');
    expect(failure(batch('1', '1', '1', '1')).code).toBe('body_too_large');
  });

  test('an item of a batch that is longer than an event may be is refused by index', () => {
    const body = `[${sized(200)},${sized(100_001)}]`;
    expect(faultsOf({ contentType: BATCH, body, limits })).toEqual([['/1', 'too_large']]);
  });
});

describe('what is not JSON', () => {
  test.each([
    ['', 'line 1, column 1 (byte 0)'],
    ['{', 'line 1, column 2 (byte 1)'],
    ['{"a":1,}', 'line 1, column 8 (byte 7)'],
    ['{"ä":1,\n "b":nul}', 'line 2, column 9 (byte 17)'],
    ['{"a":1} x', 'line 1, column 9 (byte 8)'],
    ['{"a":"\t"}', 'line 1, column 7 (byte 6)'],
  ])('%j is malformed, with the position', (body, place) => {
    for (const contentType of [STRUCTURED, BATCH, 'application/json']) {
      const error = failure({ contentType, body });
      expect(error.code).toBe('malformed_json');
      expect(error.message).toContain(place);
    }
  });

  test('invalid UTF-8 is malformed, with the position', () => {
    const body = Buffer.concat([
      Buffer.from('{"a":"é'),
      Buffer.from([0xed, 0xa0, 0x80, 0x22, 0x7d]),
    ]);
    const error = failure({ contentType: STRUCTURED, body });
    expect(error.code).toBe('malformed_json');
    expect(error.message).toContain('invalid UTF-8 at line 1, column 8 (byte 8)');
  });

  test('a byte order mark is passed over, and is no part of the data', () => {
    const mark = Buffer.from([0xef, 0xbb, 0xbf]);
    const request = structured({ data: 1 });
    const body = Buffer.concat([mark, Buffer.from(request.body as string)]);
    expect(readOne({ ...request, body }).parsedData).toBe(1);
    const event = readOne({
      ...binary({}, '', 'text/json'),
      body: Buffer.concat([mark, Buffer.from('{}')]),
    });
    expect(text(event)).toBe('{}');
  });

  test('data may nest 128 levels in every mode, and not one more', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const core = JSON.stringify(CORE).slice(0, -1);
    const requests = (levels: number): Input[] => [
      { contentType: STRUCTURED, body: `${core},"data":${nested(levels)}}` },
      { contentType: BATCH, body: `[${core},"data":${nested(levels)}}]` },
      { contentType: 'application/json', body: `{"type":"a","data":${nested(levels)}}` },
      binary({}, nested(levels), 'application/json'),
    ];
    for (const request of requests(128)) expect(read(request).items).toHaveLength(1);
    for (const request of [...requests(129), ...requests(10_000)]) {
      const error = failure(request);
      expect([error.code, error.faults[0]?.code]).toEqual(['malformed_json', 'too_deep']);
    }
  });
});
