import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import type { Route } from './define-route.ts';
import { answerClientError } from './answer-client-error.ts';
import { createBeginRequest } from './middleware/begin-request.ts';
import { createGuard } from './middleware/guard.ts';
import { createHandleError } from './middleware/handle-error.ts';
import { createIdempotency } from './middleware/idempotency.ts';
import { createLimiters, type Limiters } from './middleware/create-limiters.ts';
import { createLogRequest } from './middleware/log-request.ts';
import { createReadBody } from './middleware/read-body.ts';
import { createRefuseUnknown } from './middleware/refuse-unknown.ts';
import { createExecute, createRunController } from './middleware/run-controller.ts';
import { createServeDashboard } from './middleware/serve-dashboard.ts';
import { createSetSecurityHeaders } from './middleware/set-security-headers.ts';
import { ROUTES } from './routes.ts';
import type { Services } from './services.ts';

/** The HTTP server of the gateway, not listening yet. `closeHttpServer` stops it without losing requests. */
export function createHttpServer(services: Services): Server {
  const { timeouts } = services.settings;
  const app = createApp(services);
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

function createApp(services: Services): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', services.settings.trustProxy);
  app.use(
    createBeginRequest(services),
    createSetSecurityHeaders(services.settings),
    createLogRequest(services),
  );
  const limiters = createLimiters(services);
  for (const route of ROUTES) mount(app, services, limiters, route);
  app.use(createServeDashboard(services.settings));
  app.use(createRefuseUnknown(ROUTES));
  app.use(createHandleError(services));
  return app;
}

/** Puts one line of the table into Express. */
function mount(app: Express, services: Services, limiters: Limiters, route: Route): void {
  const execute = createExecute(services, limiters, route);
  const handlers = [
    ...createGuard(services, limiters, route),
    createReadBody(services, route),
    ...(route.idempotent ? [createIdempotency(services, route, execute)] : []),
    createRunController(services, execute),
  ];
  const method = route.method.toLowerCase() as Lowercase<Route['method']>;
  app[method](
    route.path.replace(/\{(\w+)\}/g, ':$1'),
    (request, _response, next) => {
      request.exchange.route = route.path;
      next();
    },
    ...handlers,
  );
}
