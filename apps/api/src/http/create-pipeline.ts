import type { Route } from './define-route.ts';
import type { Handler } from './handler.ts';
import type { Limiters } from './middleware/create-limiters.ts';
import { createGuard } from './middleware/guard.ts';
import { createIdempotency } from './middleware/idempotency.ts';
import { createReadBody } from './middleware/read-body.ts';
import { createExecute, createRunController } from './middleware/run-controller.ts';
import type { Services } from './services.ts';

/** The steps that answer one line of the table, from limits and credential to the controller's answer. */
export function createPipeline(services: Services, limiters: Limiters, route: Route): Handler[] {
  const execute = createExecute(services, limiters, route);
  return [
    (request, _response, next) => {
      request.exchange.route = route.path;
      next();
    },
    ...createGuard(services, limiters, route),
    createReadBody(services, route),
    ...(route.idempotent ? [createIdempotency(services, route, execute)] : []),
    createRunController(services, execute),
  ];
}
