import { describe, expect, test } from '@jest/globals';
import type { EventRecord } from '../domain/event.ts';
import {
  DEFAULT_RETRY_POLICY,
  type Resource,
  type Sealed,
  type TargetBody,
} from '../domain/resources.ts';
import { renderFormat } from '../transform/render-format.ts';
import { createPrepareRequest } from './prepare-request.ts';

const EVENT: EventRecord = {
  id: 'evt_1',
  eventId: 'A1',
  source: '/shop',
  type: 'order.created',
  subject: null,
  time: null,
  dataContentType: 'text/plain',
  dataSchema: null,
  extensions: {},
  dataKind: 'binary',
  data: Buffer.from('hello'),
  sourceId: 'src_1',
  status: 'routed',
  statusDetail: null,
  receivedAt: 0,
  sizeBytes: 5,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};
const sealed = (box: string): Sealed => ({ keyId: 'k', box });

function targetOf(body: Partial<TargetBody>): Resource<'target'> {
  const whole: TargetBody = {
    name: 'there',
    url: 'https://example.com/hook',
    method: 'POST',
    format: 'data',
    headers: {},
    auth: { type: 'none' },
    timeoutMs: 1000,
    maxConcurrency: 1,
    ratePerSecond: null,
    retry: DEFAULT_RETRY_POLICY,
    signatures: ['v1'],
    secrets: [],
    state: 'active',
    stateReason: null,
    ...body,
  };
  const at = { version: 1, createdAt: 0, updatedAt: 0 };
  return { kind: 'target', id: 'tgt_1', name: 'there', parentId: null, body: whole, ...at };
}

const prepare = createPrepareRequest({
  renderFormat,
  transformer: { run: () => Promise.resolve({ outcome: 'skip' }) },
  openSecret: ({ box }) => box,
  version: '1.2.3',
});
const prepared = (event: Partial<EventRecord>, target: Partial<TargetBody>) => {
  const delivery = { eventId: 'evt_1', attemptCount: 0, replayId: null };
  return prepare(delivery, { ...EVENT, ...event }, targetOf(target), null, 1000);
};

describe('a request that HTTP cannot carry fails for good, with the reason', () => {
  test.each(['data', 'cloudevents-binary'] as const)(
    'as %s with its content type',
    async (format) => {
      const dataContentType = 'text/plain; title="Übersicht"';
      expect(await prepared({ dataContentType }, { format })).toEqual({
        outcome: 'failed',
        errorKind: 'transform_failed',
        error: "The event's content type holds characters that cannot be sent.",
      });
    },
  );

  test.each(['line\nbreak', 'schlüssel'])('with the secret %j', async (secret) => {
    const failed = (name: string) => ({
      outcome: 'failed',
      errorKind: 'target_auth',
      error: `The value of the header ${name} holds characters that cannot be sent.`,
      isFinal: true,
    });
    const bearer = { type: 'bearer', token: sealed(secret) } as const;
    expect(await prepared({}, { auth: bearer })).toEqual(failed('authorization'));
    const header = { type: 'header', name: 'X-Key', value: sealed(secret) } as const;
    expect(await prepared({}, { auth: header })).toEqual(failed('x-key'));
  });
});

test('a content type that is not sent does not matter', async () => {
  const dataContentType = 'text/plain; title="Übersicht"';
  const { outcome } = await prepared({ dataContentType }, { format: 'standard' });
  expect(outcome).toBe('ready');
});
