import type { Handler } from '../handler.ts';
import type { Services } from '../services.ts';

/** Writes one line for each finished or broken-off request, and counts it. */
export function createLogRequest(
  services: Pick<Services, 'clock' | 'logger' | 'prometheus'>,
): Handler {
  return (request, response, next) => {
    response.once('close', () => {
      const { exchange, method = '' } = request;
      const durationMs = services.clock.now() - exchange.startedAt;
      const status = response.headersSent ? response.statusCode : 499;
      services.prometheus.observeRequest({ method, route: exchange.route, status, durationMs });
      if (!services.logger.isLevelEnabled('info')) return;
      services.logger.info(
        {
          requestId: exchange.requestId,
          method,
          path: exchange.path,
          route: exchange.route,
          status,
          durationMs,
          aborted: !response.writableFinished,
          principal: exchange.principal?.id ?? null,
          address: exchange.address,
        },
        'request',
      );
    });
    next();
  };
}
