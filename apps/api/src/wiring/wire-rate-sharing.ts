import { NOT_SHARING, type RunningSharing } from '../limits/sharing.ts';
import { startRateSharing } from '../limits/start-rate-sharing.ts';
import type { Base } from './base.ts';

/** How this process counts with the others, once it has heard of them or they are overdue. */
export async function wireRateSharing({
  config,
  logger,
  clock,
  ids,
}: Base): Promise<RunningSharing> {
  // A process that takes no requests counts nothing, so it keeps away from those that share the limits.
  if (!config.roles.includes('api')) return NOT_SHARING;
  const sharing = await startRateSharing({
    redisUrl: config.redisUrl,
    place: config.databaseFile,
    processId: ids('prc'),
    clock,
    log: (level, message, fields) => logger[level](fields, message),
  });
  await sharing.ready;
  return sharing;
}
