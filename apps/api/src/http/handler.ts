import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './middleware/exchange.ts';

/** A request with what the gateway knows of it. Steps ask for no more than this and node:http's response. */
export interface GatewayRequest extends IncomingMessage {
  exchange: Exchange;
}

export type Next = (error?: unknown) => void;

/** One step of answering a request: it answers, or passes on, or fails (by throwing, rejecting or `next(error)`). */
export type Handler = (
  request: GatewayRequest,
  response: ServerResponse,
  next: Next,
) => void | Promise<void>;

export type ErrorHandler = (
  error: unknown,
  request: GatewayRequest,
  response: ServerResponse,
  next: Next,
) => void;
