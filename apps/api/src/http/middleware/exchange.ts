import type { Principal } from '../../auth/principal.ts';

/** What the gateway knows of a request while it runs; `begin-request` makes it. */
export interface Exchange {
  requestId: string;
  startedAt: number;
  /** The URL's path, as it was sent. */
  path: string;
  /** The URL's query with its question mark; empty without one. */
  search: string;
  /** The client's address, behind trusted proxies too; null when the connection is gone. */
  address: string | null;
  /** What the route's placeholders stand for. */
  params: Readonly<Record<string, string>>;
  principal: Principal | null;
  /** The body's bytes; empty until they are read. */
  rawBody: Buffer;
  body: unknown;
  /** The route's path with its placeholders; `unknown` where none fits. */
  route: string;
  /** Part of the body was left on the wire, so the connection cannot be used again. */
  bodyUnread: boolean;
}

declare module 'express-serve-static-core' {
  interface Request {
    exchange: Exchange;
  }
}
