import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { answerClientError } from './answer-client-error.ts';
import { createPipeline } from './create-pipeline.ts';
import type { Route } from './define-route.ts';
import { createBeginRequest } from './middleware/begin-request.ts';
import { createLimiters } from './middleware/create-limiters.ts';
import { createHandleError } from './middleware/handle-error.ts';
import { createLogRequest } from './middleware/log-request.ts';
import { createRefuseUnknown } from './middleware/refuse-unknown.ts';
import { createServeDashboard } from './middleware/serve-dashboard.ts';
import { createSetSecurityHeaders } from './middleware/set-security-headers.ts';
import { ROUTES } from './routes.ts';
import type { Services } from './services.ts';

/** What a process answers that only delivers. */
const OF_EVERY_PROCESS: ReadonlySet<string> = new Set([
  '/health/live',
  '/health/ready',
  '/metrics',
]);

/** The HTTP server of the gateway, not listening yet. `closeHttpServer` stops it without losing requests. */
export function createHttpServer(services: Services): Server {
  const { timeouts } = services.settings;
  const app = createExpress(services);
  const server = createServer(
    {
      // Slow-loris: a client must have sent its headers, and its whole request, within these.
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: Math.min(1000, timeouts.headersMs),
      keepAliveTimeout: timeouts.keepAliveMs,
      maxHeaderSize: 32 * 1024,
    },
    app,
  );
  // `Expect: 100-continue` is answered by `readBytes`, so that a body that is too large is never sent.
  server.on('checkContinue', app);
  server.on('clientError', (error, socket) =>
    answerClientError(error, socket, services.ids('req')),
  );
  return server;
}

function createExpress(services: Services): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    createBeginRequest(services),
    createSetSecurityHeaders(services.settings),
    createLogRequest(services),
  );
  const limiters = createLimiters(services);
  const routes = ROUTES.filter(
    ({ path }) => services.settings.servesApi || OF_EVERY_PROCESS.has(path),
  );
  for (const route of routes) {
    const method = route.method.toLowerCase() as Lowercase<Route['method']>;
    app[method](
      route.path.replace(/\{(\w+)\}/g, ':$1'),
      (request, _response, next) => {
        request.exchange.params = request.params as Record<string, string>;
        next();
      },
      ...createPipeline(services, limiters, route),
    );
  }
  if (services.settings.servesApi) app.use(createServeDashboard(services.settings));
  app.use(createRefuseUnknown(routes));
  const handleError = createHandleError(services);
  // Express knows a handler of errors by its four parameters.
  app.use(((error, request, response, next) => {
    handleError(error, request, response, next);
  }) satisfies ErrorRequestHandler);
  return app;
}
