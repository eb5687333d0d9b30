import { initial } from './0001-initial.ts';
import { order } from './0002-order.ts';
import { jobs } from './0003-jobs.ts';
import { refreshGrace } from './0004-refresh-grace.ts';
import { processReports } from './0005-process-reports.ts';
import { alerts } from './0006-alerts.ts';
import { eventKey } from './0007-event-key.ts';

/** All schema changes, in order. The version of a database is how many of them it has. Never edit one that was released. */
export const migrations: readonly string[] = [
  initial,
  order,
  jobs,
  refreshGrace,
  processReports,
  alerts,
  eventKey,
];
