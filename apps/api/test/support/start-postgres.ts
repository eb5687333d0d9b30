import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface PostgresOptions {
  /** True: every commit reaches the disk, as in earnest. Default: not, which is quicker and the same to see. */
  isDurable?: boolean;
  /** More settings, such as `{ max_connections: '20' }`. */
  settings?: Readonly<Record<string, string>>;
}

export interface DatabaseOptions {
  /** Another one to copy, which nobody is connected to; default: an empty one. */
  template?: string;
  /** Sorts text as this language does, such as `en`; default: by bytes. */
  language?: string;
}

/** A PostgreSQL server of its own in a temporary folder. */
export interface PostgresServer {
  readonly port: number;
  /** The folder of its Unix socket. */
  readonly socketDir: string;
  /** Of the server's first process. */
  readonly pid: number;
  /** The URL of a database, over loopback. */
  url(database: string): string;
  /** Runs one statement as the owner of everything. */
  run(sql: string, database?: string): Promise<pg.QueryResult>;
  /** Makes a database; answers its URL. */
  createDatabase(name: string, options?: DatabaseOptions): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Stops the server's processes where they are (SIGSTOP): connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Ends the server, `fast` (connections are closed) or `immediate` (as in a crash); it can be started again. */
  halt(mode: 'fast' | 'immediate'): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Ends the server and removes everything. */
  remove(): Promise<void>;
}

const OWNER = 'signalbox';
const START_TIMEOUT_MS = 30_000;

/**
 * Starts a throw-away PostgreSQL server, as an ordinary user even where the tests run as root.
 * Throws when no PostgreSQL is installed: engine tests never pass by being left out.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const bin = findBinaries();
  const user = ordinaryUser();
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-postgres-'));
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { cwd: folder, encoding: 'utf8', ...user },
  );
  if (made.status !== 0) throw new Error(`initdb failed:\n${made.stderr}`);

  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: `${port}`,
    unix_socket_directories: folder,
    fsync: options.isDurable ? 'on' : 'off',
    synchronous_commit: options.isDurable ? 'on' : 'off',
    full_page_writes: options.isDurable ? 'on' : 'off',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = () => startServer(join(bin, 'postgres'), ['-D', data, ...flags], folder, user);
  let server = await start();
  const killAtExit = (): void => void server.kill('SIGQUIT');
  process.on('exit', killAtExit);
  const url = (database: string) => `postgres://${OWNER}@127.0.0.1:${port}/${database}`;

  async function run(sql: string, database = 'postgres'): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: url(database) });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async function halt(mode: 'fast' | 'immediate'): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.ref();
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  return {
    port,
    socketDir: folder,
    get pid() {
      return pidOf(server);
    },
    url,
    run,
    async createDatabase(name, { template = 'template0', language } = {}) {
      const sorted = language === undefined ? '' : `LOCALE_PROVIDER icu ICU_LOCALE "${language}"`;
      await run(`CREATE DATABASE "${name}" TEMPLATE "${template}" ${sorted}`);
      return url(name);
    },
    async dropDatabase(name) {
      await run(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    },
    freeze() {
      signalFamily(pidOf(server), 'SIGSTOP');
    },
    thaw() {
      signalFamily(pidOf(server), 'SIGCONT');
    },
    halt,
    async start() {
      server = await start();
    },
    async remove() {
      signalFamily(pidOf(server), 'SIGCONT');
      await halt('immediate');
      process.off('exit', killAtExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where PostgreSQL's programs are: as `pg_config` says, or where Debian keeps them. */
function findBinaries(): string {
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const places = [
    asked.error ? '' : asked.stdout.trim(),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  const found = places.find((place) => place !== '' && existsSync(join(place, 'initdb')));
  if (!found) {
    throw new Error(
      'No PostgreSQL server is installed; these tests need one (Debian: postgresql).',
    );
  }
  return found;
}

/** PostgreSQL refuses to run as root; null: we are an ordinary user already. */
function ordinaryUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const number = (flag: string) =>
      spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim();
    const [uid, gid] = [number('-u'), number('-g')];
    if (uid !== '' && gid !== '') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('There is no ordinary user to run PostgreSQL as.');
}

async function startServer(
  program: string,
  flags: readonly string[],
  folder: string,
  user: { uid: number; gid: number } | null,
): Promise<ChildProcess> {
  const server = spawn(program, flags, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => fail('it took too long'), START_TIMEOUT_MS);
    const fail = (why: string): void => {
      clearTimeout(timer);
      server.kill('SIGQUIT');
      reject(new Error(`PostgreSQL did not start: ${why}\n${output}`));
    };
    server.once('error', (error) => fail(error.message));
    server.once('exit', () => fail('it ended'));
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000);
      if (!output.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
  server.removeAllListeners('exit');
  // Read on, or the server would stop at a full pipe.
  server.stderr.removeAllListeners('data').resume();
  server.unref();
  return server;
}

function pidOf(server: ChildProcess): number {
  if (server.pid === undefined) throw new Error('The server does not run.');
  return server.pid;
}

/** Signals the server's first process and all that it started. */
function signalFamily(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  const listed = spawnSync('ps', ['-o', 'pid=', '--ppid', `${pid}`], { encoding: 'utf8' });
  const children = listed.stdout
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);
  // The first process first, so that it starts no more.
  for (const one of [pid, ...children]) {
    try {
      process.kill(one, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
