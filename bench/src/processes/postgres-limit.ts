/**
 * M, the limit on PostgreSQL: the same as L, with one connection that writes whatever has come in since its last transaction.
 */
import { startBareFront } from './bare-front.ts';
import { createDeliveryLoop } from './delivery-loop.ts';
import { announcePort, readPeerSettings } from './peer-settings.ts';
import { openPostgresCommit } from './postgres-commit.ts';
import { createSender } from './sender.ts';

const { databaseUrl, targetUrl, signingSecret } = readPeerSettings();
const commits = await openPostgresCommit(databaseUrl);
const send = createSender(targetUrl, signingSecret);
const deliver = createDeliveryLoop(send, commits.markDelivered);
announcePort(await startBareFront(commits.insertAll, deliver));
