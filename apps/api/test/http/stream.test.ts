import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** Opens the live stream; `next` resolves with the next message that is wanted. */
async function open(query = '', lastEventId?: string) {
  const abort = new AbortController();
  const response = await fetch(`${app.url}/v1/stream${query}`, {
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${app.tokens.viewer}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  if (!response.body) throw new Error('no stream');
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  const next = async (wanted: string): Promise<EventSourceMessage> => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended before ${wanted}`);
      if (value.event === wanted) return value;
    }
  };
  return { response, next, close: () => abort.abort() };
}

describe('the live stream', () => {
  test('says what it is, and that nothing may hold it back', async () => {
    const { response, close } = await open();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('cache-control')).toBe('no-store');
    close();
  });

  test('shows an event as soon as it was accepted', async () => {
    const { next, close } = await open('?topics=event.accepted');
    await app
      .send()
      .send({ type: 'live.one', data: { secret: 'payload' } })
      .expect(202);
    const { data, id } = await next('event.accepted');
    expect(JSON.parse(data)).toMatchObject({ type: 'live.one', status: 'unmatched' });
    expect(data).not.toContain('payload');
    expect(id).toBeTruthy();
    close();
  });

  test('goes on after Last-Event-ID without a gap', async () => {
    const first = await open('?topics=event.accepted');
    await app.send().send({ type: 'gap.before' }).expect(202);
    const { id } = await first.next('event.accepted');
    first.close();
    await app.send().send({ type: 'gap.between' }).expect(202);
    const second = await open('?topics=event.accepted', id);
    const { data } = await second.next('event.accepted');
    expect(JSON.parse(data)).toMatchObject({ type: 'gap.between' });
    second.close();
  });

  test('tells a reader with a foreign position to reload', async () => {
    const { next, close } = await open('', 'nonsense');
    expect((await next('reset')).data).toContain('reason');
    close();
  });

  test('shows only what its filters let through', async () => {
    const { next, close } = await open('?topics=event.accepted&type=wanted');
    await app.send().send({ type: 'unwanted' }).expect(202);
    await app.send().send({ type: 'wanted' }).expect(202);
    expect(JSON.parse((await next('event.accepted')).data)).toMatchObject({ type: 'wanted' });
    close();
  });
});
