/**
 * Q, the API process: the same Express front, putting each event into a BullMQ queue. Durable before it answers,
 * because Redis syncs its log on every write. Nothing is kept after delivery, nothing can be searched or replayed.
 */
import { Queue } from 'bullmq';
import { startExpressFront } from './express-front.ts';
import { announcePort, readPeerSettings } from './peer-settings.ts';
import { QUEUE_NAME, type DeliveryJob } from './queue-job.ts';

const { redisPort, tokenSecret } = readPeerSettings();
const queue = new Queue<DeliveryJob>(QUEUE_NAME, {
  connection: { host: '127.0.0.1', port: redisPort },
  defaultJobOptions: {
    attempts: 10,
    backoff: { type: 'exponential', delay: 1000 },
    removeOnComplete: true,
  },
});
await queue.waitUntilReady();

const port = await startExpressFront(tokenSecret, async ({ id, type, data }) => {
  await queue.add(type, { id, data }, { jobId: id });
});
announcePort(port);
