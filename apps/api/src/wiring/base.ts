import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Logger } from '../log.ts';

/** What every part of a process is made with. */
export interface Base {
  config: Config;
  logger: Logger;
  clock: Clock;
  ids: IdFactory;
  version: string;
}
