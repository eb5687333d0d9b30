import { initial } from './0001-initial.ts';
import { jobs } from './0003-jobs.ts';
import { order } from './0002-order.ts';
import { refreshGrace } from './0004-refresh-grace.ts';
import { alerts } from './0007-alerts.ts';
import { processReports } from './0006-process-reports.ts';

/** All schema changes, in order. The version of a database is how many of them it has. Never edit one that was released. */
export const migrations: readonly string[] = [
  initial,
  order,
  jobs,
  refreshGrace,
  processReports,
  alerts,
];
