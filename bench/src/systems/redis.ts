import { execFileSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort } from '../control/free-port.ts';
import { waitUntil } from '../control/wait-until.ts';
import type { SystemContext } from './system.ts';

const START_TIMEOUT_MS = 10_000;

/** The path of redis-server, or null where it is not installed. */
export function findRedis(): string | null {
  try {
    return execFileSync('sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** A private Redis that syncs its log to disk before it answers a write. */
export async function startRedis(
  context: SystemContext,
): Promise<{ child: ChildProcess; port: number }> {
  const program = findRedis();
  if (program === null) throw new Error('redis-server is not installed');
  const port = await findFreePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', context.folder];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const child = context.children.spawnProgram(program, [...settings, ...durable], {
    logFile: join(context.folder, 'redis.log'),
    folder: context.folder,
  });
  const client = new Redis({ host: '127.0.0.1', port, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  await waitUntil('redis-server to answer', START_TIMEOUT_MS, () => client.status === 'ready');
  client.disconnect();
  return { child, port };
}
