import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sendRequest } from '../support/send-request.ts';
import { currentShape } from '../support/shape.ts';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const asAdmin = (path: string) => app.as('admin', 'post', path);

describe('400', () => {
  test('broken JSON is refused with the line and column', async () => {
    const response = await asAdmin('/v1/sources')
      .set('content-type', 'application/json')
      .send('{\n  "name": "a",\n}');
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: 'malformed_json' });
    expect((response.body as ProblemBody).detail).toContain('line 3, column 1');
  });

  test.each([
    ['an empty body', ''],
    ['two values', '{} {}'],
    ['a bare word', 'nothing'],
    ['JSON that nests too deep', '['.repeat(100_000)],
    ['an object that nests too deep', '{"a":'.repeat(65) + '1' + '}'.repeat(65)],
  ])('%s is malformed', async (_name, body) => {
    const response = await asAdmin('/v1/sources')
      .set('content-type', 'application/json')
      .send(body);
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: 'malformed_json' });
  });

  test('bytes that are not UTF-8 are malformed', async () => {
    const response = await fetch(`${app.url}/v1/sources`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.tokens.admin}`, 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'malformed_json' });
  });

  test.each([['[]'], ['"text"'], ['null'], ['7']])('%s is not an object', async (body) => {
    const response = await asAdmin('/v1/sources')
      .set('content-type', 'application/json')
      .send(body);
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: 'invalid_request' });
  });

  test('every fault has a pointer and a sentence that names the field', async () => {
    const response = await asAdmin('/v1/targets').send({
      url: 'not a url',
      method: 'GET',
      timeoutMs: '5',
      retry: { finalCodes: [200] },
      surprise: true,
    });
    expect((response.body as ProblemBody).errors).toEqual([
      { pointer: '/name', code: 'missing', detail: '"name" is missing; give a string.' },
      {
        pointer: '/url',
        code: 'invalid_format',
        detail: '"url" must be an absolute http or https URL.',
      },
      {
        pointer: '/method',
        code: 'invalid_value',
        detail: '"method" must be one of "POST", "PUT", "PATCH".',
      },
      { pointer: '/timeoutMs', code: 'invalid_type', detail: '"timeoutMs" must be a number.' },
      {
        pointer: '/retry/finalCodes/0',
        code: 'too_small',
        detail: '"retry.finalCodes.0" must be at least 300.',
      },
      {
        pointer: '/surprise',
        code: 'unknown_field',
        detail: '"surprise" is not known here; remove it or check its spelling.',
      },
    ]);
  });

  test.each([['/v1/targets/%zz'], ['/v1/targets/%'], ['/v1/targets/%ff'], ['/nowhere/%E0%A4']])(
    'the path %s cannot be decoded',
    async (path) => {
      const response = await app.as('admin', 'get', path);
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ code: 'invalid_request' });
    },
  );

  test('what is no HTTP at all is answered and the connection closed', async () => {
    const socket = app.connect();
    socket.write('HELLO\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
  });

  test('headers that are too large are answered with 431', async () => {
    const socket = app.connect();
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('keys that aim at prototypes', () => {
  test.each([
    ['{"name":"p1","__proto__":{"isAdmin":true}}'],
    ['{"name":"p2","constructor":{"prototype":{"isAdmin":true}}}'],
  ])('%s is refused and changes nothing', async (body) => {
    const response = await asAdmin('/v1/sources')
      .set('content-type', 'application/json')
      .send(body);
    expect(response.status).toBe(400);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test('in an event they are data, and leave as they came', async () => {
    const data = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}';
    const response = await app
      .send()
      .set('content-type', 'application/json')
      .send(`{"type":"proto.test","data":${data}}`);
    expect(response.status).toBe(202);
    const { id } = response.body as { id: string };
    const { text: shown } = await app.as('viewer', 'get', `/v1/events/${id}`);
    expect(shown).toContain(`"data":${data}`);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test('in a query they are unknown parameters', async () => {
    const response = await app.as('viewer', 'get', '/v1/events?__proto__=1&constructor=2');
    expect(response.status).toBe(400);
    expect((response.body as ProblemBody).errors).toHaveLength(2);
  });
});

describe('405', () => {
  test('names what the path allows', async () => {
    const response = await app.as('admin', 'put', '/v1/sources/x').send({});
    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('DELETE, GET, HEAD, OPTIONS, PATCH');
  });

  test('OPTIONS answers the same without a body', async () => {
    const response = await app.request('options', '/v1/events');
    expect(response.status).toBe(204);
    expect(response.headers['allow']).toBe('GET, HEAD, OPTIONS, POST');
  });
});

/** Sends a body piece by piece, without a declared length, until it is answered. */
async function stream(path: string, token: string, bytes: number) {
  const request = sendRequest(app.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  request.on('error', () => undefined);
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  const piece = Buffer.alloc(64 * 1024, 0x20);
  Readable.from(Array<Buffer>(Math.ceil(bytes / piece.length)).fill(piece)).pipe(request);
  const [response] = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('413', () => {
  test('a body that is declared too large is refused before it is sent', async () => {
    const request = sendRequest(`${app.url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${app.source.key}`,
        'content-type': 'application/json',
        'content-length': 50_000_000,
        expect: '100-continue',
      },
    });
    request.on('error', () => undefined);
    let wasAskedToGoOn = false;
    request.on('continue', () => (wasAskedToGoOn = true));
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    expect(response.headers.connection).toBe('close');
    expect(JSON.parse(await text(response))).toMatchObject({ code: 'body_too_large' });
    expect(wasAskedToGoOn).toBe(false);
    request.destroy();
  });

  test.each([
    ['/v1/events', 3_000_000],
    ['/v1/events', 30_000_000],
    ['/v1/sources', 3_000_000],
  ])(
    'a body that turns out too large while it is sent to %s is refused (%i bytes)',
    async (path, bytes) => {
      const token = path === '/v1/events' ? app.source.key : app.tokens.admin;
      const answer = await stream(path, token, bytes);
      expect(answer.status).toBe(413);
      // A proxy reads on, so that its client's connection is good for more.
      if (currentShape() === 'embedded') expect(answer.headers.connection).toBe('close');
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'body_too_large' });
    },
  );

  test('one event above 256 KiB is refused though a batch might be larger', async () => {
    const response = await app.send().send({ type: 'big', data: 'x'.repeat(300_000) });
    expect(response.status).toBe(413);
  });

  test('100-continue is answered where the body is welcome', async () => {
    const body = JSON.stringify({ type: 'polite', data: 1 });
    const request = sendRequest(`${app.url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${app.source.key}`,
        'content-type': 'application/json',
        'content-length': body.length,
        expect: '100-continue',
      },
    });
    request.flushHeaders();
    await once(request, 'continue');
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(202);
    response.resume();
  });
});

describe('415', () => {
  test.each([['text/plain'], ['application/xml'], ['multipart/form-data; boundary=x']])(
    '%s is not read where JSON is wanted',
    async (type) => {
      const response = await asAdmin('/v1/sources').set('content-type', type).send('{}');
      expect(response.status).toBe(415);
      expect(response.body).toMatchObject({ code: 'unsupported_media_type' });
    },
  );

  test.each([['gzip'], ['br'], ['deflate']])(
    'a body packed with %s is not read',
    async (coding) => {
      const response = await app.send().set('content-encoding', coding).send({ type: 'a' });
      expect(response.status).toBe(415);
    },
  );

  test('JSON types with a suffix or parameters are read', async () => {
    const response = await asAdmin('/v1/sources')
      .set('content-type', 'application/merge-patch+json; charset=utf-8')
      .send('{"name":"suffix"}');
    expect(response.status).toBe(201);
  });
});

describe('every answer', () => {
  test('carries the request id that a client sent, when it is sane', async () => {
    const kept = await app.request('get', '/health/live').set('x-request-id', 'my-trace-0001');
    expect(kept.headers['x-request-id']).toBe('my-trace-0001');
    const made = await app.request('get', '/health/live').set('x-request-id', 'a b');
    expect(made.headers['x-request-id']).toMatch(/^req_[0-9a-z]{26}$|^[0-9a-f]{32}$/);
  });

  test.each([['/health/live'], ['/v1/events'], ['/nothing'], ['/docs']])(
    'keeps browsers from framing, sniffing and running scripts: %s',
    async (path) => {
      const { headers } = await app.request('get', path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );
});
