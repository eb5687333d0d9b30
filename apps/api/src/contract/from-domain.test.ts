import { describe, expect, test } from '@jest/globals';
import type { Attempt as AttemptRecord, Delivery as DeliveryRecord } from '../domain/delivery.ts';
import type { EventRecord } from '../domain/event.ts';
import { Attempt, Delivery } from './deliveries.ts';
import { Event } from './events.ts';
import { toWireAttempt, toWireDelivery, toWireEvent } from './from-domain.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

function event(changes: Partial<EventRecord>): EventRecord {
  return {
    id: 'evt_1',
    eventId: 'one',
    source: '/shop',
    type: 'order.created',
    subject: null,
    time: null,
    dataContentType: 'application/json',
    dataSchema: null,
    extensions: { region: 'eu' },
    dataKind: 'json',
    data: Buffer.from('{"a":1}'),
    sourceId: 'src_1',
    status: 'routed',
    statusDetail: null,
    receivedAt: NOW,
    sizeBytes: 7,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    ...changes,
  };
}

function attempt(changes: Partial<AttemptRecord>): AttemptRecord {
  return {
    id: 'att_1',
    deliveryId: 'dlv_1',
    number: 1,
    startedAt: NOW,
    durationMs: 12.5,
    statusCode: 200,
    errorKind: null,
    error: null,
    request: null,
    response: null,
    ...changes,
  };
}

describe('toWireEvent', () => {
  test('the result fits the contract and carries the trace id', () => {
    const wire = toWireEvent(event({}), true);
    expect(Event.parse(wire)).toEqual(wire);
    expect(wire.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(wire.receivedAt).toBe('2026-01-02T03:04:05.006Z');
  });

  test('the payload is left out unless it is asked for', () => {
    expect(toWireEvent(event({}), false)).not.toHaveProperty('data');
    expect(toWireEvent(event({}), true).data).toEqual({ a: 1 });
  });

  test('a payload that is null differs from no payload', () => {
    const withNull = toWireEvent(event({ data: Buffer.from('null'), sizeBytes: 4 }), true);
    expect(withNull).toHaveProperty('data', null);
    const without = toWireEvent(event({ dataKind: 'none', data: null, sizeBytes: 0 }), true);
    expect(without).not.toHaveProperty('data');
    expect(without).not.toHaveProperty('dataBase64');
  });

  test('a binary payload is base64', () => {
    const wire = toWireEvent(event({ dataKind: 'binary', data: Uint8Array.of(0xff, 0) }), true);
    expect(wire.dataBase64).toBe('/wA=');
    expect(wire).not.toHaveProperty('data');
  });
});

describe('toWireDelivery', () => {
  test('the result fits the contract and leaves inner bookkeeping out', () => {
    const record: DeliveryRecord = {
      id: 'dlv_1',
      eventId: 'evt_1',
      eventType: 'order.created',
      sourceId: 'src_1',
      subscriptionId: 'sub_1',
      targetId: 'tgt_1',
      state: 'retrying',
      orderingKey: 'order-7',
      waitsFor: null,
      attemptCount: 2,
      scheduleStart: 1,
      nextAttemptAt: NOW,
      reason: 'http_500',
      reasonDetail: 'The target answered 500.',
      lastStatusCode: 500,
      lastErrorKind: null,
      createdAt: NOW,
      finishedAt: null,
      replayId: null,
    };
    const wire = toWireDelivery(record);
    expect(Delivery.strict().parse(wire)).toEqual(wire);
    expect(wire.nextAttemptAt).toBe('2026-01-02T03:04:05.006Z');
    expect(wire.finishedAt).toBeNull();
  });
});

describe('toWireAttempt', () => {
  const request = { method: 'POST', url: 'https://a.example/', headers: {}, format: null };

  test('a text body stays text and any other is base64', () => {
    const wire = toWireAttempt(
      attempt({
        request: { ...request, body: Buffer.from('{"ä":1}') },
        response: { headers: {}, body: Uint8Array.of(0xff, 0xfe), truncated: false },
      }),
    );
    expect(Attempt.parse(wire)).toEqual(wire);
    expect(wire.request).toMatchObject({ body: '{"ä":1}', bodyEncoding: 'utf8' });
    expect(wire.response).toMatchObject({ body: '//4=', bodyEncoding: 'base64' });
  });

  test('an answer that was cut inside a character is still text', () => {
    const cut = Buffer.from('größe €').subarray(0, -1);
    const wire = toWireAttempt(attempt({ response: { headers: {}, body: cut, truncated: true } }));
    expect(wire.response).toMatchObject({ body: 'größe ', bodyEncoding: 'utf8', truncated: true });
  });

  test('a body in a fixed format is the rendered one', () => {
    const wire = toWireAttempt(
      attempt({ request: { ...request, body: null, format: 'data' } }),
      Buffer.from('[1]'),
    );
    expect(wire.request?.body).toBe('[1]');
  });
});
