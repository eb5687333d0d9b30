import type { StreamStats } from '../contract/stream.ts';
import type { Clock } from '../domain/clock.ts';
import type { Change, Store } from '../store/store.ts';
import { catchUp, closeGap, GREETING } from './catch-up.ts';
import { createConnection } from './connection.ts';
import type { Connection, StreamTransport } from './connection.ts';
import { createLiveReader } from './live-reader.ts';
import { formatMessage, toMessages } from './messages.ts';
import { createStatsReader } from './stats-reader.ts';
import { filterKey, STREAM_TOPICS } from './stream-filter.ts';
import type { StreamFilter } from './stream-filter.ts';
import { createView } from './view.ts';
import type { RateLimit, View } from './view.ts';

export interface StreamRequest extends StreamTransport {
  /** Null: all. */
  topics: readonly string[] | null;
  filter: StreamFilter;
  /** Where a returning reader stopped; null for a new one. */
  lastEventId: string | null;
  /** Where a new reader starts; without it, at the position of the feed when it is brought in. */
  startsAt?: string | null;
  /** Asked every second: whether the reader may still listen. */
  isWelcome?: () => boolean;
}

/** What the reader's side tells the hub. */
export interface StreamConnection {
  /** The transport can take more. */
  drained(): void;
  /** The reader has gone. */
  close(): void;
}

export interface StreamHub {
  /**
   * Opens a stream. Its greeting says that it is live: what is committed from then on (and, for a returning reader, since its
   * position) is sent. A stream that cannot be opened ends with a `closing` message.
   */
  open(request: StreamRequest): StreamConnection;
  /** How many streams are open. */
  size(): number;
  /** Ends every stream with a last message that asks to connect again. */
  close(): void;
}

export interface StreamHubDeps {
  store: Pick<
    Store,
    'changes' | 'changePosition' | 'onChange' | 'rollups' | 'backlog' | 'deadLetterGroups'
  >;
  clock: Clock;
  onError: (error: unknown) => void;
  limit?: RateLimit;
  maxConnections?: number;
}

const TICK_MS = 1000;
const TICKS_PER_COMMENT = 15;
const SHORTEST_INTERVAL_MS = 50;
// Each open stream adds to the interval, so that the writes a second stay bounded.
const INTERVAL_PER_STREAM_MS = 0.4;
/** Up to so many streams, each gets the full rate; then they share it. */
const UNCROWDED_STREAMS = 50;
const DEFAULT_LIMIT: RateLimit = { messagesPerSecond: 200, burst: 1000 };

/** The live streams of this process: one reading of the change feed serves all, and only while somebody listens. */
export function createStreamHub(deps: StreamHubDeps): StreamHub {
  const { store, clock } = deps;
  const limit = deps.limit ?? DEFAULT_LIMIT;
  const maxConnections = deps.maxConnections ?? 1000;
  const open = new Map<Connection, StreamRequest>();
  const views = new Map<string, View>();
  const readStats = createStatsReader(deps);
  let isClosed = false;
  let ticks = 0;
  let cancelTick: (() => void) | null = null;

  // What was under way when the hub closed may fail with the store; nobody is left to care.
  function onError(error: unknown): void {
    if (!isClosed) deps.onError(error);
  }

  const reader = createLiveReader({
    store,
    clock,
    onError,
    intervalMs: () => SHORTEST_INTERVAL_MS + open.size * INTERVAL_PER_STREAM_MS,
    onChanges(changes: readonly Change[], passedOver: number) {
      const messages = toMessages(changes);
      for (const view of views.values()) view.deliver(messages, passedOver);
    },
  });

  const crowding = () => Math.max(1, open.size / UNCROWDED_STREAMS);

  function viewOf({ topics, filter }: StreamRequest): { key: string; view: View } {
    const wanted = topics ?? STREAM_TOPICS;
    const key = filterKey(wanted, filter);
    return { key, view: views.get(key) ?? createView(clock, limit, wanted, filter, crowding) };
  }

  function join(connection: Connection, request: StreamRequest, sent: ReadonlySet<string> | null) {
    const { key, view } = viewOf(request);
    views.set(key, view);
    view.members.set(connection, { leftOutTold: view.leftOut(), alreadySent: sent });
  }

  function leave(connection: Connection): void {
    open.delete(connection);
    for (const [key, view] of views) {
      view.members.delete(connection);
      if (view.members.size === 0) views.delete(key);
    }
    if (views.size === 0) reader.stop();
    if (open.size === 0) stopTicking();
  }

  async function joinNew(
    connection: Connection,
    request: StreamRequest,
    newest: Promise<string>,
  ): Promise<void> {
    const position = reader.position() ?? (await newest);
    if (!connection.isOpen()) return;
    reader.start(position);
    connection.push(GREETING);
    join(connection, request, null);
  }

  async function joinReturning(
    connection: Connection,
    request: StreamRequest,
    from: string,
  ): Promise<void> {
    // Brings the live reading to or past `from`, so that everything it reads later is in `sent` or new.
    await reader.read();
    const { view } = viewOf(request);
    const { position, sent } = await closeGap(store, connection, view, from);
    if (!connection.isOpen()) return;
    reader.start(position);
    join(connection, request, sent);
  }

  async function bringIn(connection: Connection, request: StreamRequest): Promise<void> {
    const { lastEventId } = request;
    if (lastEventId === null) {
      // Asked for at once: what is accepted while others are being brought in belongs on this stream.
      const newest = request.startsAt ? Promise.resolve(request.startsAt) : store.changePosition();
      newest.catch(() => undefined);
      await reader.exclusive(() => joinNew(connection, request, newest));
      return;
    }
    const from = await catchUp(store, connection, viewOf(request).view, lastEventId);
    await reader.exclusive(() => joinReturning(connection, request, from));
  }

  function startTicking(): void {
    cancelTick ??= clock.after(TICK_MS, () => {
      cancelTick = null;
      startTicking();
      tick().catch(onError);
    });
  }

  function stopTicking(): void {
    cancelTick?.();
    cancelTick = null;
  }

  async function tick(): Promise<void> {
    ticks += 1;
    for (const [connection, { isWelcome }] of open) {
      connection.checkLag();
      if (isWelcome?.() === false) connection.finish('signed_out');
      else if (ticks % TICKS_PER_COMMENT === 0) connection.push(': still here\n\n');
    }
    reader.hint();
    tellStats(await readStats());
  }

  function tellStats(stats: Omit<StreamStats, 'leftOut'>): void {
    const position = reader.position();
    for (const view of views.values()) {
      if (!view.topics.includes('stats')) continue;
      const texts = new Map<number, string>();
      for (const [connection, member] of view.members) {
        const leftOut = view.leftOut() - member.leftOutTold;
        member.leftOutTold = view.leftOut();
        const text = texts.get(leftOut) ?? formatMessage('stats', position, { ...stats, leftOut });
        texts.set(leftOut, text);
        connection.push(text);
      }
    }
  }

  return {
    open(request) {
      const connection = createConnection(request, clock, () => leave(connection));
      const isFull = open.size >= maxConnections;
      open.set(connection, request);
      if (isClosed) connection.finish('shutdown');
      else if (isFull) connection.finish('too_many_streams');
      else {
        startTicking();
        bringIn(connection, request).catch((error: unknown) => {
          connection.finish('interrupted');
          onError(error);
        });
      }
      return { drained: () => connection.drained(), close: () => connection.gone() };
    },
    size: () => open.size,
    close() {
      isClosed = true;
      for (const connection of open.keys()) connection.finish('shutdown');
      reader.stop();
      stopTicking();
    },
  };
}
