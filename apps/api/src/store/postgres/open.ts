import type { Clock } from '../../domain/clock.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import type { Store } from '../store.ts';
import { createChangeFeed } from './change-feed.ts';
import { createDays } from './days.ts';
import { toGatewayError } from './failures.ts';
import { createLeases } from './leases.ts';
import { LOCK_ROOM, findLockShortage } from './lock-room.ts';
import type { LockRoom } from './lock-room.ts';
import { createLostLeases } from './lost-leases.ts';
import { mendChangeFeed } from './mend-change-feed.ts';
import { migrate } from './migrate.ts';
import { createClient, createPool } from './pool.ts';
import type { Database } from './pool.ts';
import { dayOf } from './row-numbers.ts';
import { createSilence } from './silence.ts';
import { createStoreReads } from './store-reads.ts';
import { createStoreWrites } from './store-writes.ts';
import { createWordIndex } from './word-index.ts';
import { createWriteBounds } from './write-bounds.ts';
import type { WriteLimits } from './write-bounds.ts';
import { createWriteSession } from './write-session.ts';
import { registerProcess } from './writes/processes.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with `sslmode` and its like as the PostgreSQL manual has them. */
  url: string;
  clock: Clock;
  /** Whom leases, rollups and heartbeats belong to; the id must be new at each start. */
  process: ProcessIdentity;
  /** Connections at most, half for writes and half for reads. */
  poolSize?: number;
  /** How much may wait for a commit before `overloaded`. */
  queue?: WriteLimits;
  /** How many days are to be kept: `onWarning` is told when the server has too little room for so many. */
  retentionDays?: number;
  onWarning?: (warning: string) => void;
}

const DEFAULT_POOL_SIZE = 10;
const DEFAULT_QUEUE: WriteLimits = { commands: 10_000, bytes: 64 * 1024 * 1024 };

/**
 * Opens the shared store: one more process on a PostgreSQL database, which is brought to this version's schema first.
 * @throws GatewayError `not_ready` when the database cannot be used, saying why
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  await prepare(options);
  const { url, poolSize = DEFAULT_POOL_SIZE } = options;
  const name = nameOf(options);
  const writer = createPool({ url, name, size: Math.ceil(poolSize / 2) });
  const reader = createPool({ url, name, size: Math.max(1, Math.floor(poolSize / 2)) });
  try {
    return await compose(options, writer, reader);
  } catch (error) {
    await Promise.all([writer.close(), reader.close()]);
    throw error;
  }
}

async function compose(
  options: PostgresOptions,
  writer: Database,
  reader: Database,
): Promise<Store> {
  const { url, clock, process: identity } = options;
  const now = () => clock.now();
  await mendChangeFeed(writer.query);
  const days = createDays(writer.query);
  await days.ensure([dayOf(now()), dayOf(now()) + 1]);
  const processNumber = await registerProcess(writer.query, identity, now());
  const feed = createChangeFeed({ database: reader, clock, url, name: nameOf(options) });
  const onChanges = feed.announce;
  const session = createWriteSession({ database: writer, clock, processNumber, onChanges });
  const bounds = createWriteBounds(options.queue ?? DEFAULT_QUEUE);
  const leases = createLeases();
  const jobs = new Set<string>();
  const lostLeases = createLostLeases({ leases, jobs, owner: processNumber, now });
  const silence = createSilence();
  const parts = {
    database: writer,
    session,
    bounds,
    days,
    leases,
    jobs,
    lostLeases,
    silence,
    clock,
    identity,
  };

  const writes = createStoreWrites(parts);
  const wordIndex = createWordIndex(reader);

  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    await bounds.close();
    await feed.close();
    await Promise.all([writer.close(), reader.close()]);
  }

  return {
    ...writes,
    async append(batch) {
      const results = await writes.append(batch);
      wordIndex.noteAppended(batch);
      return results;
    },
    ...createStoreReads({ database: reader, clock, identity, silence }),
    ...feed.reads,
    close: () => (closing ??= closeAll()),
  };
}

/** How the server shows the connections of a process. */
function nameOf({ process: identity }: PostgresOptions): string {
  return `signalbox ${identity.id}`;
}

/** Migrates over a connection of its own, without the time-outs that hold for daily work. */
async function prepare(options: PostgresOptions): Promise<void> {
  const { url, clock } = options;
  const client = createClient({ url, name: nameOf(options), statementTimeoutMs: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await migrate(client, clock.now());
    await warnOfLocks(client, options);
  } catch (error) {
    throw toGatewayError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function warnOfLocks(
  client: Pick<ReturnType<typeof createClient>, 'query'>,
  { retentionDays, onWarning }: PostgresOptions,
): Promise<void> {
  if (retentionDays === undefined || !onWarning) return;
  const [room] = (await client.query<LockRoom>(LOCK_ROOM)).rows;
  const shortage = room && findLockShortage(room, retentionDays);
  if (shortage) onWarning(`${shortage.detail}. ${shortage.action}`);
}
