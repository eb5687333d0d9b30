import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ErrorHandler, GatewayRequest, Handler } from './handler.ts';

/**
 * Runs handlers one after another, as Express does, without Express: it costs the hottest route more than everything else that
 * happens before the store (see docs/adr/0005-a-direct-door.md).
 */
export function createDirectDoor(
  handlers: readonly Handler[],
  handleError: ErrorHandler,
): RequestListener {
  return (incoming: IncomingMessage, response: ServerResponse) => {
    // The first handler makes the exchange.
    const request = incoming as GatewayRequest;
    let index = 0;

    function next(error?: unknown): void {
      if (error !== undefined) {
        handleError(error, request, response, next);
        return;
      }
      const handler = handlers[index];
      index += 1;
      try {
        const result = handler?.(request, response, next);
        if (result instanceof Promise) result.catch(next);
      } catch (thrown) {
        next(thrown);
      }
    }

    next();
  };
}
