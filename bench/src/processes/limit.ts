/**
 * L, the limit: the least that takes an event by POST, syncs it to disk and delivers it signed. One process, one SQLite file.
 */
import { startBareFront } from './bare-front.ts';
import { createDeliveryLoop } from './delivery-loop.ts';
import { openGroupCommit } from './group-commit.ts';
import { announcePort, readPeerSettings } from './peer-settings.ts';
import { createSender } from './sender.ts';

const { dataFolder, targetUrl, signingSecret } = readPeerSettings();
const commits = openGroupCommit(dataFolder);
const send = createSender(targetUrl, signingSecret);
const deliver = createDeliveryLoop(send, commits.markDelivered);
announcePort(await startBareFront(commits.insertAll, deliver));
