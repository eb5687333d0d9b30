import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { systemClock, type Clock } from '../domain/clock.ts';
import { createIdFactory } from '../domain/ids.ts';
import type { NewEvent, Store } from '../store/store.ts';
import type { StreamTransport } from './connection.ts';
import {
  createStreamHub,
  type StreamConnection,
  type StreamHub,
  type StreamHubDeps,
  type StreamRequest,
} from './stream-hub.ts';

export const ids = createIdFactory(() => systemClock.now());

/** For each test of a file a store of its own and hubs on it. Afterwards they are closed, and what they reported must have been taken out of `errors`. */
export function prepareStream(openStore: (file: string) => Promise<Store>) {
  let folder: string;
  let file: string;
  let store: Store;
  const hubs: StreamHub[] = [];
  const errors: unknown[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signalbox-stream-'));
    file = join(folder, 'a.db');
    store = await openStore(file);
  });
  afterEach(async () => {
    for (const hub of hubs.splice(0)) hub.close();
    await store.close();
    await rm(folder, { recursive: true });
    expect(errors.splice(0)).toEqual([]);
  });
  const createHub = (clock: Clock, changes: Partial<StreamHubDeps> = {}): StreamHub => {
    const onError = (error: unknown) => void errors.push(error);
    const hub = createStreamHub({ store, clock, onError, ...changes });
    hubs.push(hub);
    return hub;
  };
  const post = async (...eventIds: string[]): Promise<void> => {
    await store.append(eventIds.map((eventId) => newEvent(eventId)));
  };
  return {
    createHub,
    post,
    errors,
    get file() {
      return file;
    },
    get store() {
      return store;
    },
  };
}

/** A reader of a stream: parses what arrives as a browser does, and can stop reading. */
export function createReader() {
  const messages: (Omit<EventSourceMessage, 'data'> & { data: Record<string, unknown> })[] = [];
  const chunks: string[] = [];
  const held: string[] = [];
  let isReading = true;
  let hasEnded = false;
  let connection: StreamConnection | null = null;
  let watch = () => {};
  const parser = createParser({
    onEvent(message) {
      const data = JSON.parse(message.data) as Record<string, unknown>;
      messages.push({ ...message, data });
    },
  });
  const transport: StreamTransport = {
    send(chunk) {
      chunks.push(chunk);
      if (isReading) parser.feed(chunk);
      else held.push(chunk);
      watch();
      return isReading;
    },
    end() {
      hasEnded = true;
      watch();
    },
  };
  return {
    messages,
    chunks,
    hasEnded: () => hasEnded,
    /** Opens the stream; resolves when it is live. */
    async open(hub: StreamHub, changes: Partial<StreamRequest> = {}): Promise<void> {
      const plain = { topics: null, filter: {}, lastEventId: null };
      connection = hub.open({ ...plain, ...transport, ...changes });
      await this.until(() => chunks.length > 0);
    },
    leave: () => connection?.close(),
    stopReading: () => (isReading = false),
    readOn() {
      isReading = true;
      for (const chunk of held.splice(0)) parser.feed(chunk);
      connection?.drained();
    },
    named: (name: string) => messages.filter(({ event }) => event === name),
    eventIds: () =>
      messages.filter(({ event }) => event === 'event.accepted').map(({ data }) => data['eventId']),
    lastId: () => messages.findLast(({ id }) => id !== undefined)?.id ?? null,
    /** Resolves when the condition holds; jest's own time limit ends a wait in vain. */
    until(condition: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        watch = () => {
          if (condition()) resolve();
        };
        watch();
      });
    },
  };
}

/** An event that is routed to one target, or unmatched. */
export function newEvent(eventId: string, type = 'order.created', targetId: string | null = null) {
  const id = ids('evt');
  const data = Buffer.from('{"secret":1}');
  const event: NewEvent = {
    event: {
      id,
      eventId,
      source: '/shop',
      type,
      subject: null,
      time: null,
      dataContentType: 'application/json',
      dataSchema: null,
      extensions: {},
      dataKind: 'json',
      data,
      sourceId: 'src_1',
      status: targetId === null ? 'unmatched' : 'routed',
      statusDetail: null,
      receivedAt: systemClock.now(),
      sizeBytes: data.length,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
    deliveries:
      targetId === null
        ? []
        : [{ id: ids('dlv'), subscriptionId: 'sub_1', targetId, orderingKey: null, handOff: true }],
  };
  return event;
}

/** `e0`, `e1` … */
export const names = (count: number, prefix = 'e') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
