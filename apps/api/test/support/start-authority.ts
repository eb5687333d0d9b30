import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { freePort } from './free-port.ts';
import { waitUntil } from './wait-until.ts';

const START_TIMEOUT_MS = 20_000;
// Less than the thirty days that certbot leaves a certificate: each is to be renewed at once.
const VALIDITY_SECONDS = 20 * 24 * 60 * 60;

/** A certificate authority on loopback that speaks ACME and asks each name for its proof over HTTP, as Let's Encrypt does. */
export interface CertificateAuthority {
  /** Where ACME begins. */
  url: string;
  /** The port that it asks instead of 80. */
  proofPort: number;
  /** PEM: what its certificates lead to. */
  root: string;
  /** Has all names lead to this address; at the start it is 127.0.0.1. */
  leadNamesTo(address: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts pebble, the test server of Let's Encrypt, and its DNS server. Throws when they are not installed.
 * Its own TLS certificate is the one of the runner of the tests (`scripts/test.ts`).
 */
export async function startAuthority(folder: string): Promise<CertificateAuthority> {
  const certificates = process.env['TEST_CERTIFICATE_DIR'];
  if (certificates === undefined) throw new Error('run these tests with "npm run test:deploy"');
  const [acme, management, proofPort] = [await freePort(), await freePort(), await freePort()];
  const [alpn, dns, names] = [await freePort(), await freePort(), await freePort()];
  const configuration = join(folder, 'pebble.json');
  await writeFile(
    configuration,
    JSON.stringify({
      pebble: {
        listenAddress: `127.0.0.1:${acme}`,
        managementListenAddress: `127.0.0.1:${management}`,
        certificate: join(certificates, 'certificate.pem'),
        privateKey: join(certificates, 'key.pem'),
        httpPort: proofPort,
        tlsPort: alpn,
        certificateValidityPeriod: VALIDITY_SECONDS,
      },
    }),
  );
  const namesUrl = `http://127.0.0.1:${names}`;
  const url = `https://127.0.0.1:${acme}/dir`;
  const servers: Server[] = [];
  try {
    servers.push(
      await startServer('pebble-challtestsrv', namesUrl, [
        ...['-dns01', `127.0.0.1:${dns}`, '-management', `127.0.0.1:${names}`],
        ...['-defaultIPv6', '', '-http01', '', '-https01', '', '-tlsalpn01', ''],
      ]),
      // It proves a name anew each time, does not dawdle, and does not refuse at random.
      await startServer(
        'pebble',
        url,
        ['-config', configuration, '-dnsserver', `127.0.0.1:${dns}`],
        { PEBBLE_AUTHZREUSE: '0', PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' },
      ),
    );
    const root = await fetch(`https://127.0.0.1:${management}/roots/0`);
    return {
      url,
      proofPort,
      root: await root.text(),
      async leadNamesTo(ip) {
        const body = JSON.stringify({ ip });
        const { ok } = await fetch(`${namesUrl}/set-default-ipv4`, { method: 'POST', body });
        if (!ok) throw new Error(`names cannot lead to ${ip}`);
      },
      stop: () => stopAll(servers),
    };
  } catch (error) {
    await stopAll(servers);
    throw error;
  }
}

interface Server {
  child: ChildProcess;
  kill: () => void;
}

async function startServer(
  program: string,
  url: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  await command('sh', ['-c', 'command -v "$0"', program]).catch(() => {
    throw new Error(`${program} is missing (Debian: apt-get install pebble)`);
  });
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (output = (output + part.toString()).slice(-10_000)));
  }
  await waitUntil(
    () => `${program} does not answer\n${output}`,
    START_TIMEOUT_MS,
    async () => {
      if (child.exitCode !== null) throw new Error(`${program} ended at its start\n${output}`);
      return fetch(url).then(
        () => true,
        () => false,
      );
    },
  ).catch((error: unknown) => {
    kill();
    throw error;
  });
  return { child, kill };
}

async function stopAll(servers: readonly Server[]): Promise<void> {
  for (const { child, kill } of servers) {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) continue;
    kill();
    await once(child, 'exit');
  }
}
