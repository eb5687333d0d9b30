import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { GatewayError, type ErrorCode } from '../domain/errors.ts';
import { PROBLEMS, toProblem } from './problem.ts';

const SRC = join(import.meta.dirname, '..');

describe('a problem', () => {
  test('of a known error says what the error says', () => {
    const fault = { pointer: '/name', code: 'missing', detail: 'It is missing.' };
    const error = new GatewayError('invalid_request', 'Give a name.', { faults: [fault] });
    expect(toProblem(error, 'req_1')).toEqual({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: '/docs/problems#invalid_request',
        title: 'The request is not valid',
        status: 400,
        detail: 'Give a name.',
        instance: 'req_1',
        code: 'invalid_request',
        errors: [fault],
      },
    });
  });

  test.each([
    ['an error of another kind', new Error('SELECT secret FROM users')],
    ['an internal error', new GatewayError('internal', 'the key file /secret is gone')],
    ['something thrown that is no error', 'secret'],
    ['nothing', undefined],
  ])('of %s is 500 and shows nothing of it', (_name, error) => {
    const { status, body } = toProblem(error, 'req_1');
    expect(status).toBe(500);
    expect(body.code).toBe('internal');
    expect(JSON.stringify(body)).not.toMatch(/secret|SELECT/);
    expect(body.detail).toContain('req_1');
  });

  test.each([
    ['rate_limited', 7, '7'],
    ['overloaded', 0.2, '1'],
    ['not_ready', undefined, '1'],
  ] as const)('of %s says when to come again', (code, retryAfterSeconds, header) => {
    const details = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
    const { headers } = toProblem(new GatewayError(code, 'Later.', details), 'req_1');
    expect(headers['retry-after']).toBe(header);
  });

  test('no fault of ours is a 4xx, and no fault of the caller a 5xx', () => {
    const ours: ErrorCode[] = ['overloaded', 'not_ready', 'internal'];
    for (const [code, { status }] of Object.entries(PROBLEMS))
      expect([code, status >= 500]).toEqual([code, (ours as string[]).includes(code)]);
  });
});

test('only problem.ts gives error codes a status', () => {
  const codes = Object.keys(PROBLEMS).join('|');
  const mapping = new RegExp(
    `(['"\`]?\\b(?:${codes})\\b['"\`]?\\s*[:,]\\s*(?:\\{\\s*status:\\s*)?[45]\\d\\d\\b)`,
  );
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const mappers = files.filter((file) => mapping.test(readFileSync(join(SRC, file), 'utf8')));
  expect(mappers).toEqual([join('http', 'problem.ts')]);
});
