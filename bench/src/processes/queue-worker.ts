/** Q, the worker process: takes jobs from BullMQ and delivers them signed, up to 100 in flight. */
import { Worker } from 'bullmq';
import { announcePort, readPeerSettings } from './peer-settings.ts';
import { QUEUE_NAME, type DeliveryJob } from './queue-job.ts';
import { createSender } from './sender.ts';

const CONCURRENCY = 100;

const { redisPort, targetUrl, signingSecret } = readPeerSettings();
const send = createSender(targetUrl, signingSecret);
const worker = new Worker<DeliveryJob>(QUEUE_NAME, (job) => send(job.data.id, job.data.data), {
  connection: { host: '127.0.0.1', port: redisPort, maxRetriesPerRequest: null },
  concurrency: CONCURRENCY,
});
worker.on('error', (error) => console.error(error.message));
await worker.waitUntilReady();
announcePort(0);
