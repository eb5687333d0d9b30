import type { ChildProcess } from 'node:child_process';
import { createSecretKey, randomBytes } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { PeerSettings } from '../processes/peer-settings.ts';
import type { SystemContext } from './system.ts';

export interface Peer {
  child: ChildProcess;
  port: number;
}

/** Settings for one application of ours, with fresh secrets. */
export function makePeerSettings(
  context: SystemContext,
  { redisPort = 0, databaseUrl = '' }: { redisPort?: number; databaseUrl?: string } = {},
): PeerSettings {
  return {
    targetUrl: context.targetUrl,
    dataFolder: context.folder,
    tokenSecret: randomBytes(32).toString('hex'),
    signingSecret: randomBytes(32).toString('hex'),
    redisPort,
    databaseUrl,
  };
}

/** Starts one application of ours and resolves when it listens. Throws when it ends before that. */
export function startPeer(
  context: SystemContext,
  script: URL,
  settings: PeerSettings,
): Promise<Peer> {
  const child = context.children.forkScript(script, { BENCH_PEER: JSON.stringify(settings) });
  return new Promise((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve({ child, port: message.port }));
    child.once('exit', () => reject(new Error(`${script.pathname} ended before it listened`)));
  });
}

/** The headers of a caller that the Express front lets in. */
export function makeTokenHeader(tokenSecret: string): { authorization: string } {
  const key = createSecretKey(Buffer.from(tokenSecret));
  const token = jsonwebtoken.sign({ sub: 'bench' }, key, { algorithm: 'HS256', expiresIn: '1h' });
  return { authorization: `Bearer ${token}` };
}

/** The operating system's ids of running children. */
export function processIdsOf(...running: readonly ChildProcess[]): number[] {
  return running.map((child) => child.pid).filter((id) => id !== undefined);
}
