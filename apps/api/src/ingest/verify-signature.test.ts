import { describe, expect, test } from '@jest/globals';
import { createHmac, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { GatewayError } from '../domain/errors.ts';
import { DEFAULT_INGEST_LIMITS } from './incoming-event.ts';
import { readThirdParty, type ThirdPartyRequest } from './read-third-party.ts';
import { verifySignature, type OpenVerification } from './verify-signature.ts';

const NOW_SECONDS = 1_700_000_000;
const BODY = Buffer.from('{"type":"order.paid","id":"evt_9","data":{"n":1.00}}');
const STANDARD_SECRET = `whsec_${randomBytes(32).toString('base64')}`;

function hmac(secret: string | Buffer, text: string | Buffer, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', secret).update(text).digest(encoding);
}

function standardHeaders(id = 'msg_1', seconds = NOW_SECONDS, body = BODY): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(STANDARD_SECRET).sign(id, new Date(seconds * 1000), body),
  };
}

function stripeHeader(seconds = NOW_SECONDS): string {
  return `t=${seconds},v1=${hmac('s3cret', `${seconds}.${BODY.toString()}`, 'hex')}`;
}

type Case = [string, OpenVerification, Record<string, string | string[]>];

const standard: OpenVerification = { scheme: 'standard-webhooks', secret: STANDARD_SECRET };
const github: OpenVerification = { scheme: 'github', secret: 's3cret' };
const stripe: OpenVerification = { scheme: 'stripe', secret: 's3cret' };
const shopify: OpenVerification = { scheme: 'shopify', secret: 's3cret' };
const generic: OpenVerification = {
  scheme: 'hmac',
  secret: 's3cret',
  signatureHeader: 'X-Signature',
};
const HEX = hmac('s3cret', BODY, 'hex');
const BASE64 = hmac('s3cret', BODY, 'base64');

const GOOD: Case[] = [
  ['Standard Webhooks', standard, standardHeaders()],
  ['Standard Webhooks, 300 s late', standard, standardHeaders('msg_1', NOW_SECONDS - 300)],
  ['Standard Webhooks, 300 s early', standard, standardHeaders('msg_1', NOW_SECONDS + 300)],
  [
    'Standard Webhooks among other signatures',
    standard,
    {
      ...standardHeaders(),
      'webhook-signature': `v1a,AAAA v1,${hmac('other', BODY, 'base64')} ${standardHeaders()['webhook-signature'] ?? ''}`,
    },
  ],
  [
    'Standard Webhooks without prefix on the secret',
    { ...standard, secret: STANDARD_SECRET.slice(6) },
    standardHeaders(),
  ],
  ['GitHub', github, { 'x-hub-signature-256': `sha256=${HEX}` }],
  ['Stripe', stripe, { 'stripe-signature': stripeHeader() }],
  [
    'Stripe with more parts',
    stripe,
    { 'stripe-signature': `v0=ab, v1=${'0'.repeat(64)}, ${stripeHeader()}` },
  ],
  ['Shopify', shopify, { 'x-shopify-hmac-sha256': BASE64 }],
  ['HMAC in hex', generic, { 'x-signature': HEX }],
  ['HMAC in upper-case hex with prefix', generic, { 'x-signature': `sha256=${HEX.toUpperCase()}` }],
  ['HMAC in base64', { ...generic, encoding: 'base64' }, { 'x-signature': BASE64 }],
];

const BAD: Case[] = [
  ['Standard Webhooks, too late', standard, standardHeaders('msg_1', NOW_SECONDS - 301)],
  ['Standard Webhooks, too early', standard, standardHeaders('msg_1', NOW_SECONDS + 301)],
  ['Standard Webhooks, another id', standard, { ...standardHeaders(), 'webhook-id': 'msg_2' }],
  [
    'Standard Webhooks, another body',
    standard,
    standardHeaders('msg_1', NOW_SECONDS, Buffer.from('{}')),
  ],
  [
    'Standard Webhooks, a lenient timestamp',
    standard,
    { ...standardHeaders(), 'webhook-timestamp': `${NOW_SECONDS}x` },
  ],
  [
    'Standard Webhooks, an unknown version',
    standard,
    {
      ...standardHeaders(),
      'webhook-signature': `v2,${standardHeaders()['webhook-signature']?.slice(3) ?? ''}`,
    },
  ],
  [
    'Standard Webhooks, no signature',
    standard,
    { 'webhook-id': 'a', 'webhook-timestamp': String(NOW_SECONDS) },
  ],
  ['Standard Webhooks, an empty secret', { ...standard, secret: 'whsec_' }, standardHeaders()],
  [
    'Standard Webhooks, a secret that is no base64',
    { ...standard, secret: 'whsec_?' },
    standardHeaders(),
  ],
  ['GitHub without prefix', github, { 'x-hub-signature-256': HEX }],
  [
    'GitHub with another secret',
    { ...github, secret: 'other' },
    { 'x-hub-signature-256': `sha256=${HEX}` },
  ],
  ['GitHub, cut short', github, { 'x-hub-signature-256': `sha256=${HEX.slice(0, 62)}` }],
  ['GitHub, SHA-1 only', github, { 'x-hub-signature': `sha1=${HEX}` }],
  ['GitHub, sent twice', github, { 'x-hub-signature-256': [`sha256=${HEX}`, 'x'] }],
  ['Stripe, too late', stripe, { 'stripe-signature': stripeHeader(NOW_SECONDS - 301) }],
  ['Stripe, no time', stripe, { 'stripe-signature': stripeHeader().split(',')[1] ?? '' }],
  [
    'Stripe, a moved time',
    stripe,
    { 'stripe-signature': stripeHeader().replace(/^t=\d+/, `t=${NOW_SECONDS + 1}`) },
  ],
  ['Stripe, v0 only', stripe, { 'stripe-signature': stripeHeader().replace('v1', 'v0') }],
  ['Shopify in hex', shopify, { 'x-shopify-hmac-sha256': HEX }],
  ['Shopify, nothing sent', shopify, {}],
  ['HMAC in the wrong encoding', generic, { 'x-signature': BASE64 }],
  [
    'HMAC with an empty secret',
    { ...generic, secret: '' },
    { 'x-signature': hmac('', BODY, 'hex') },
  ],
  ['HMAC, no header named', { scheme: 'hmac', secret: 's3cret' }, { 'x-signature': HEX }],
];

function check(verification: OpenVerification, headers: Case[2], body: Uint8Array = BODY): void {
  verifySignature(verification, { headers, body, nowMs: NOW_SECONDS * 1000 });
}

function refusal(action: () => unknown): GatewayError {
  try {
    action();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('expected a GatewayError');
}

describe('a signature', () => {
  test.each(GOOD)('%s is accepted', (_, verification, headers) => {
    expect(() => check(verification, headers)).not.toThrow();
  });

  test.each(GOOD)('%s is refused when one bit of the body differs', (_, verification, headers) => {
    const body = Buffer.from(BODY);
    body[3] = (body[3] ?? 0) ^ 1;
    expect(refusal(() => check(verification, headers, body)).code).toBe('unauthenticated');
  });

  test.each(BAD)('%s is refused', (_, verification, headers) => {
    expect(refusal(() => check(verification, headers)).code).toBe('unauthenticated');
  });

  test('the published vector of Standard Webhooks is accepted', () => {
    const verification: OpenVerification = {
      scheme: 'standard-webhooks',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    };
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const request = {
      headers,
      body: Buffer.from('{"test": 2432232314}'),
      nowMs: 1_614_265_330_000,
    };
    expect(() => verifySignature(verification, request)).not.toThrow();
  });

  const wrong = (count: number, one: string) => Array<string>(count).fill(one);
  const v1 = standardHeaders()['webhook-signature'] ?? '';
  const other = `v1,${hmac('other', BODY, 'base64')}`;
  const zeros = `v1=${'0'.repeat(64)}`;
  test.each<[string, OpenVerification, Case[2], Case[2]]>([
    [
      'Standard Webhooks',
      standard,
      { ...standardHeaders(), 'webhook-signature': [...wrong(9, other), v1].join(' ') },
      { ...standardHeaders(), 'webhook-signature': [...wrong(10, other), v1].join(' ') },
    ],
    [
      'Stripe',
      stripe,
      { 'stripe-signature': [...wrong(9, zeros), stripeHeader()].join(',') },
      { 'stripe-signature': [...wrong(10, zeros), stripeHeader()].join(',') },
    ],
  ])('%s is looked for among ten and not among more', (_, verification, ten, eleven) => {
    expect(() => check(verification, ten)).not.toThrow();
    expect(refusal(() => check(verification, eleven)).code).toBe('unauthenticated');
  });

  test('bytes that are no text are signed as they are', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const headers = { 'x-hub-signature-256': `sha256=${hmac('s3cret', body, 'hex')}` };
    expect(() => check(github, headers, body)).not.toThrow();
  });
});

describe("a third party's webhook", () => {
  const read = (
    verification: OpenVerification,
    headers: Case[2],
    more: Partial<ThirdPartyRequest> = {},
  ) =>
    readThirdParty({
      verification,
      contentType: 'application/json',
      headers,
      body: BODY,
      source: '/sources/src_1',
      nowMs: NOW_SECONDS * 1000,
      limits: DEFAULT_INGEST_LIMITS,
      ...more,
    });
  const signed = { 'x-hub-signature-256': `sha256=${HEX}` };

  test.each<[string, OpenVerification, Case[2], string, string | null]>([
    ['Standard Webhooks', standard, standardHeaders(), 'order.paid', 'msg_1'],
    [
      'GitHub',
      github,
      { ...signed, 'x-github-event': 'push', 'x-github-delivery': 'd-1' },
      'push',
      'd-1',
    ],
    ['Stripe', stripe, { 'stripe-signature': stripeHeader() }, 'order.paid', 'evt_9'],
    [
      'Shopify',
      shopify,
      {
        'x-shopify-hmac-sha256': BASE64,
        'x-shopify-topic': 'orders/paid',
        'x-shopify-webhook-id': 'w',
      },
      'orders/paid',
      'w',
    ],
    [
      'HMAC',
      { ...generic, typeFrom: '/type', idFrom: '/data/n' },
      { 'x-signature': HEX },
      'order.paid',
      '1',
    ],
    [
      'HMAC by header',
      { ...generic, typeFrom: 'X-Kind' },
      { 'x-signature': HEX, 'x-kind': 'k' },
      'k',
      null,
    ],
    [
      'GitHub, named otherwise',
      { ...github, typeFrom: '/type', idFrom: '/id' },
      signed,
      'order.paid',
      'evt_9',
    ],
  ])('of %s has its type and id where they belong', (_, verification, headers, type, eventId) => {
    const event = read(verification, headers);
    expect(event).toMatchObject({ type, eventId, source: '/sources/src_1', dataKind: 'json' });
    expect(Buffer.from(event.data ?? []).equals(BODY)).toBe(true);
  });

  test('that is no JSON is kept as bytes', () => {
    const contentType = 'application/x-www-form-urlencoded';
    const event = read(github, { ...signed, 'x-github-event': 'push' }, { contentType });
    expect(event).toMatchObject({ dataKind: 'binary', dataContentType: contentType });
  });

  test('without a type is refused, saying where it was sought', () => {
    const error = refusal(() => read(github, signed));
    expect(error.code).toBe('invalid_event');
    expect(error.faults).toMatchObject([{ pointer: 'x-github-event', code: 'missing' }]);
    expect(refusal(() => read(generic, { 'x-signature': HEX })).message).toContain('typeFrom');
  });

  test('with an id that breaks the rules is refused', () => {
    const headers = { ...signed, 'x-github-event': 'push', 'x-github-delivery': 'a\u0001' };
    const error = refusal(() => read(github, headers));
    expect(error.faults).toMatchObject([
      { pointer: 'x-github-delivery', code: 'invalid_characters' },
    ]);
  });

  test('with a wrong signature is refused before its body is read', () => {
    expect(refusal(() => read(github, {}, { body: Buffer.from('{') })).code).toBe(
      'unauthenticated',
    );
  });

  test('with broken JSON is malformed', () => {
    const body = Buffer.from('{');
    const headers = { 'x-hub-signature-256': `sha256=${hmac('s3cret', body, 'hex')}` };
    expect(refusal(() => read(github, headers, { body })).code).toBe('malformed_json');
  });

  test('that is too large is refused', () => {
    const body = Buffer.alloc(DEFAULT_INGEST_LIMITS.maxEventBytes + 1);
    expect(refusal(() => read(github, signed, { body })).code).toBe('body_too_large');
  });
});
