import type { RequestHandler } from 'express';
import type { Services } from '../services.ts';

/** Writes one line for each finished or broken-off request, and counts it. */
export function createLogRequest(
  services: Pick<Services, 'clock' | 'logger' | 'prometheus'>,
): RequestHandler {
  return (request, response, next) => {
    response.once('close', () => {
      const { exchange, method } = request;
      const durationMs = services.clock.now() - exchange.startedAt;
      const status = response.headersSent ? response.statusCode : 499;
      services.prometheus.observeRequest({ method, route: exchange.route, status, durationMs });
      services.logger.info(
        {
          requestId: exchange.requestId,
          method,
          path: request.path,
          route: exchange.route,
          status,
          durationMs,
          aborted: !response.writableFinished,
          principal: exchange.principal?.id ?? null,
          address: request.ip ?? null,
        },
        'request',
      );
    });
    next();
  };
}
