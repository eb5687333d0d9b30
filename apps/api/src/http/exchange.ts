import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../auth/principal.ts';

/** What a controller is given: nothing of Express, so that any door can call it. */
export interface Input<Params = Readonly<Record<string, string>>, Query = unknown, Body = unknown> {
  params: Params;
  query: Query;
  body: Body;
  /** Null on public routes. */
  principal: Principal | null;
  requestId: string;
  /** The client's address, behind trusted proxies too; null when the connection is gone. */
  address: string | null;
  /** As node:http gives them: names in lower case. */
  headers: IncomingHttpHeaders;
}

/** An input of which a controller reads neither parameters nor query nor body. */
export type Caller = Pick<Input, 'principal' | 'requestId' | 'address' | 'headers'>;

/** Where a streamed answer goes. */
export interface StreamSink {
  /** Writes text. False: the reader is slow; write no more until `onDrain`. */
  send(chunk: string): boolean;
  end(): void;
  onDrain(listener: () => void): void;
  /** Called once, when the reader is gone or the answer has ended. */
  onClose(listener: () => void): void;
}

/** What a controller answers. */
export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text and bytes go out as they are (text: ready-made JSON, unless `headers` say otherwise). */
  body?: unknown;
  /** How many events were read, where the call brought some. */
  eventCount?: number;
  /** Instead of a body: called when the headers are out. */
  stream?: (sink: StreamSink) => void;
}
