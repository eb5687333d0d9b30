/**
 * R, the reference: what a careful engineer writes in an afternoon. One process: the Express front, one SQLite
 * file with group commit, delivery with undici from a queue in memory. It is durable before it answers, but it
 * routes nothing, keeps no attempts, counts nothing, and does not recover its queue after a crash.
 */
import { createDeliveryLoop } from './delivery-loop.ts';
import { startExpressFront } from './express-front.ts';
import { openGroupCommit } from './group-commit.ts';
import { announcePort, readPeerSettings } from './peer-settings.ts';
import { createSender } from './sender.ts';

const { dataFolder, targetUrl, tokenSecret, signingSecret } = readPeerSettings();
const commits = openGroupCommit(dataFolder);
const send = createSender(targetUrl, signingSecret);
const deliver = createDeliveryLoop(send, commits.markDelivered);

const port = await startExpressFront(tokenSecret, async (event) => {
  if (await commits.insert(event)) deliver(event);
});
announcePort(port);
