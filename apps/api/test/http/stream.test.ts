import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLiveStream } from '../support/open-live-stream.ts';
import { currentShape } from '../support/shape.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const open = (query = '', lastEventId?: string) =>
  openLiveStream(app.url, app.tokens.viewer, query, lastEventId);

describe('the live stream', () => {
  test('says what it is, and that nothing may hold it back', async () => {
    const { response, close } = await open();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    // A word to nginx, which obeys and keeps it to itself.
    expect(response.headers.get('x-accel-buffering')).toBe(
      currentShape() === 'embedded' ? 'no' : null,
    );
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
