import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';

/** A reader of `/v1/stream`. */
export interface LiveStream {
  response: Response;
  /** The next message of this event, whatever comes before it. Throws when the stream ends. */
  next: (wanted: string) => Promise<EventSourceMessage>;
  close: () => void;
}

/** Opens the live stream; resolves when the answer has begun. */
export async function openLiveStream(
  url: string,
  accessToken: string,
  query = '',
  lastEventId?: string,
): Promise<LiveStream> {
  const abort = new AbortController();
  const response = await fetch(`${url}/v1/stream${query}`, {
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  if (!response.body) throw new Error('no stream');
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  return {
    response,
    async next(wanted) {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended before ${wanted}`);
        if (value.event === wanted) return value;
      }
    },
    close: () => abort.abort(),
  };
}
