import { initial } from './0001-initial.ts';
import { lines } from './0002-lines.ts';
import { alerts } from './0003-alerts.ts';

/** All schema changes, in order. The version of a database is how many of them it has. Never edit one that was released. */
export const migrations: readonly string[] = [initial, lines, alerts];
