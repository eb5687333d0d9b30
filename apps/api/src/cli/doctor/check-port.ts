import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { failed, ok, type Finding } from './finding.ts';

const ANSWER_LIMIT_MS = 2000;

/** Whether the gateway could listen where it is told to, or does so already. */
export async function checkPort(config: Pick<Config, 'host' | 'port'>): Promise<Finding> {
  const { host, port } = config;
  if (port === 0) return ok('port', 'PORT is 0: a free one is taken at each start');
  const code = await tryToListen(host, port);
  if (code === null) return ok('port', `${port} on ${host} is free`);
  if (code === 'EADDRINUSE') {
    const version = await runningVersion(host, port);
    if (version !== null) return ok('port', `Signalbox ${version} answers on ${port}`);
    return failed(
      'port',
      `${port} on ${host} is taken by another program`,
      'Stop that program, or set PORT to another one.',
    );
  }
  if (code === 'EACCES') {
    return failed('port', `${port} may not be used by this account`, 'Set PORT to one above 1023.');
  }
  return failed(
    'port',
    `${host} cannot be listened on (${code})`,
    'Set HOST to an address of this machine.',
  );
}

/** Null: it could be done; otherwise the system's word for why not. */
function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => done(null)));
  });
}

async function runningVersion(host: string, port: number): Promise<string | null> {
  const name =
    host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  try {
    const answer = await fetch(`http://${name}:${port}/health/live`, {
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    const { status, version } = (await answer.json()) as { status?: string; version?: string };
    return status === 'live' ? (version ?? null) : null;
  } catch {
    return null;
  }
}
