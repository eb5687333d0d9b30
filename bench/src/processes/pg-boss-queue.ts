/**
 * B: Express + pg-boss, one process: the front that R has, each event a job in PostgreSQL, taken by workers of the same process, 100 at a
 * time, and delivered signed. What was delivered stays as a finished job; nothing else is kept.
 */
import { PgBoss } from 'pg-boss';
import { startExpressFront } from './express-front.ts';
import { announcePort, readPeerSettings } from './peer-settings.ts';
import { QUEUE_NAME, type DeliveryJob } from './queue-job.ts';
import { createSender } from './sender.ts';

const BATCH = 100;
// As often as the library allows.
const POLLING_SECONDS = 0.5;
const WORKERS = 4;

const { databaseUrl, targetUrl, tokenSecret, signingSecret } = readPeerSettings();
const send = createSender(targetUrl, signingSecret);
const boss = new PgBoss(databaseUrl);
boss.on('error', (error) => console.error(error));
await boss.start();
await boss.createQueue(QUEUE_NAME, { retryLimit: 10, retryDelay: 1 });
for (let worker = 0; worker < WORKERS; worker += 1) {
  await boss.work<DeliveryJob>(
    QUEUE_NAME,
    { batchSize: BATCH, pollingIntervalSeconds: POLLING_SECONDS },
    async (jobs) => {
      await Promise.all(jobs.map(({ data }) => send(data.id, data.data)));
    },
  );
}

const port = await startExpressFront(tokenSecret, async ({ id, data }) => {
  await boss.send(QUEUE_NAME, { id, data } satisfies DeliveryJob);
});
announcePort(port);
