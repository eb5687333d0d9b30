import { describe, expect, test } from '@jest/globals';
import { isRefusal } from './incoming-event.ts';
import {
  BATCH,
  binary,
  CORE,
  failure,
  faultsOf,
  HEADERS,
  plain,
  read,
  readOne,
  STRUCTURED,
  structured,
  text,
  type Input,
} from './request-fixtures.ts';

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
    const headers = { ...HEADERS, 'ce-type': undefined };
    const error = failure({ contentType: 'text/plain', headers, body: 'x' });
    expect(error.code).toBe('unsupported_media_type');
    expect(error.message).toContain('add the missing headers: ce-type');
  });
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
