import { createServer, type RequestListener, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { answerClientError } from './answer-client-error.ts';
import { createPipeline } from './create-pipeline.ts';
import type { Route } from './define-route.ts';
import { createDirectDoor } from './direct-door.ts';
import type { ErrorHandler, Handler } from './handler.ts';
import { createBeginRequest } from './middleware/begin-request.ts';
import { createLimiters } from './middleware/create-limiters.ts';
import { createHandleError } from './middleware/handle-error.ts';
import { createLogRequest } from './middleware/log-request.ts';
import { createRefuseUnknown } from './middleware/refuse-unknown.ts';
import { createServeDashboard } from './middleware/serve-dashboard.ts';
import { createSetSecurityHeaders } from './middleware/set-security-headers.ts';
import { ROUTES } from './routes.ts';
import type { Services } from './services.ts';

/** What every request goes through, whichever door it comes in by. */
interface Frame {
  opening: Handler[];
  /** The steps of each line of the table. */
  pipelines: ReadonlyMap<Route, Handler[]>;
  handleError: ErrorHandler;
}

/** The HTTP server of the gateway, not listening yet. `closeHttpServer` stops it without losing requests. */
export function createHttpServer(services: Services): Server {
  const { timeouts } = services.settings;
  const limiters = createLimiters(services);
  const frame: Frame = {
    opening: [
      createBeginRequest(services),
      createSetSecurityHeaders(services.settings),
      createLogRequest(services),
    ],
    pipelines: new Map(ROUTES.map((route) => [route, createPipeline(services, limiters, route)])),
    handleError: createHandleError(services),
  };
  const listener = withDirectDoors(createExpress(services, frame), frame);
  const server = createServer(
    {
      // Slow-loris: a client must have sent its headers, and its whole request, within these.
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: Math.min(1000, timeouts.headersMs),
      keepAliveTimeout: timeouts.keepAliveMs,
      maxHeaderSize: 32 * 1024,
    },
    listener,
  );
  // `Expect: 100-continue` is answered by `readBytes`, so that a body that is too large is never sent.
  server.on('checkContinue', listener);
  server.on('clientError', (error, socket) =>
    answerClientError(error, socket, services.ids('req')),
  );
  return server;
}

function createExpress(services: Services, frame: Frame): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(...frame.opening);
  for (const [route, pipeline] of frame.pipelines) {
    const method = route.method.toLowerCase() as Lowercase<Route['method']>;
    app[method](
      route.path.replace(/\{(\w+)\}/g, ':$1'),
      (request, _response, next) => {
        request.exchange.params = request.params as Record<string, string>;
        next();
      },
      ...pipeline,
    );
  }
  app.use(createServeDashboard(services.settings));
  app.use(createRefuseUnknown(ROUTES));
  // Express knows a handler of errors by its four parameters.
  app.use(((error, request, response, next) => {
    frame.handleError(error, request, response, next);
  }) satisfies ErrorRequestHandler);
  return app;
}

/** Lets the routes marked `direct` be answered ahead of Express; any other spelling of their path still goes there. */
function withDirectDoors(app: RequestListener, frame: Frame): RequestListener {
  const doors = new Map(
    [...frame.pipelines]
      .filter(([route]) => route.direct)
      .map(([route, pipeline]) => [
        `${route.method} ${route.path}`,
        createDirectDoor([...frame.opening, ...pipeline], frame.handleError),
      ]),
  );
  return (request, response) => {
    const { method = '', url = '' } = request;
    const queryAt = url.indexOf('?');
    const door = doors.get(`${method} ${queryAt === -1 ? url : url.slice(0, queryAt)}`);
    (door ?? app)(request, response);
  };
}
