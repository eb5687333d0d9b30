import type { Route } from './define-route.ts';
import { ALERT_ROUTES } from './routes/alerts.ts';
import { AUTHENTICATION_ROUTES } from './routes/authentication.ts';
import { DELIVERY_ROUTES } from './routes/deliveries.ts';
import { EVENT_TYPE_ROUTES } from './routes/event-types.ts';
import { EVENTS_IN_ROUTES } from './routes/events-in.ts';
import { EVENT_ROUTES } from './routes/events.ts';
import { METRICS_ROUTES } from './routes/metrics.ts';
import { operationRoutes } from './routes/operation.ts';
import { REPLAY_ROUTES } from './routes/replays.ts';
import { SOURCE_ROUTES } from './routes/sources.ts';
import { SUBSCRIPTION_ROUTES } from './routes/subscriptions.ts';
import { TARGET_ROUTES } from './routes/targets.ts';
import { USER_ROUTES } from './routes/users.ts';

/** Every route of the gateway. The hottest come first, since Express asks in this order. */
export const ROUTES: readonly Route[] = [
  ...EVENTS_IN_ROUTES,
  ...EVENT_ROUTES,
  ...DELIVERY_ROUTES,
  ...REPLAY_ROUTES,
  ...SOURCE_ROUTES,
  ...TARGET_ROUTES,
  ...SUBSCRIPTION_ROUTES,
  ...EVENT_TYPE_ROUTES,
  ...METRICS_ROUTES,
  ...ALERT_ROUTES,
  ...USER_ROUTES,
  ...AUTHENTICATION_ROUTES,
  ...operationRoutes(() => ROUTES),
];
