import type { Database } from 'better-sqlite3';

import type { SentCommand, WriteBatch, WriteCommands, WriteKind } from './commands.ts';
import { isEnvironmentFailure, toFailure } from './failures.ts';
import type { Failure } from './failures.ts';
import { markTransaction, newTransaction } from './transaction.ts';
import type { Transaction } from './transaction.ts';
import { createAdvanceJob } from './writes/advance-job.ts';
import { createAlertWrites } from './writes/alerts.ts';
import { createAppend } from './writes/append.ts';
import { createChangeWrites } from './writes/changes.ts';
import { createClaim, createRelease } from './writes/claim.ts';
import { createIdempotencyWrites } from './writes/idempotency.ts';
import { createJobWrites } from './writes/jobs.ts';
import { createCancelWaiting, createPersonalActions } from './writes/personal.ts';
import { createProcessWrites } from './writes/processes.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import { createPrune } from './writes/prune.ts';
import { createResourceWrites } from './writes/resources.ts';
import { createRollupWrites } from './writes/rollups.ts';
import { createSeenTypes } from './writes/seen-types.ts';
import { createSearchIndex } from './writes/search-index.ts';
import { createSessionWrites } from './writes/sessions.ts';
import { createSettle } from './writes/settle.ts';

/** What became of one command: its output, or why it was rejected. */
export type CommandResult = [isDone: true, output: unknown] | [isDone: false, failure: Failure];

export interface WriteReport {
  results: CommandResult[];
  /** Whether the change feed has news. */
  hasChanges: boolean;
}

type Handlers = {
  [K in WriteKind]: (
    input: WriteCommands[K]['input'],
    transaction: Transaction,
    blobs: readonly Buffer[],
  ) => WriteCommands[K]['output'];
};

/** Commands that may be refused for what they ask; each gets a savepoint, so that it fails alone. */
const MAY_FAIL: ReadonlySet<WriteKind> = new Set<WriteKind>([
  'retryDelivery',
  'cancelDelivery',
  'insertJob',
  'changeJobState',
  'acknowledgeAlert',
  'insertResource',
  'updateResource',
  'deleteResource',
  'insertRefreshToken',
  'rotateRefreshToken',
]);

/** Events that may wait for the full-text index before a commit takes some of them along. */
const INDEX_STRIDE = 256;
/** So many may wait while large batches come in; a search that comes then has them indexed first. */
const MOST_UNINDEXED = 16_384;

/**
 * Makes the function that commits one batch of commands in one transaction.
 * A command that cannot be carried out is rejected alone; when the disk or the lock fails, all are rejected and nothing is written.
 */
export function createWriter(
  database: Database,
  begin: () => void,
  identity: ProcessIdentity,
  processNumber: number,
) {
  const indexWords = createSearchIndex(database);
  const handlers: Handlers = {
    append: createAppend(database, processNumber),
    claim: createClaim(database, processNumber),
    settle: createSettle(database),
    release: createRelease(database),
    cancelWaiting: createCancelWaiting(database),
    ...createPersonalActions(database),
    ...createResourceWrites(database),
    ...createSessionWrites(database),
    ...createIdempotencyWrites(database),
    ...createProcessWrites(database, identity, processNumber),
    ...createPrune(database),
    ...createJobWrites(database, processNumber),
    advanceJob: createAdvanceJob(database, processNumber),
    ...createAlertWrites(database),
    indexWords,
  };
  let unindexed = 0;
  const rollups = createRollupWrites(database, processNumber);
  const writeChanges = createChangeWrites(database);
  const noteTypes = createSeenTypes(database);
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const save = database.prepare('SAVEPOINT command');
  const keep = database.prepare('RELEASE command');
  const undo = database.prepare('ROLLBACK TO command');

  function run(command: SentCommand, transaction: Transaction, blobs: readonly Buffer[]): unknown {
    const [kind, input] = command;
    // The main thread sends to each kind the input of that kind.
    const handler = handlers[kind] as (i: unknown, t: Transaction, b: readonly Buffer[]) => unknown;
    return handler(input, transaction, blobs);
  }

  function runAlone(
    command: SentCommand,
    transaction: Transaction,
    blobs: readonly Buffer[],
  ): CommandResult {
    const forget = markTransaction(transaction);
    save.run();
    try {
      const output = run(command, transaction, blobs);
      keep.run();
      return [true, output];
    } catch (error) {
      if (isEnvironmentFailure(error)) throw error;
      undo.run();
      keep.run();
      forget();
      return [false, toFailure(error)];
    }
  }

  /** A large batch is not held up by its own words: the commits that follow it, of outcomes mostly, take them along. */
  function indexSome(accepted: number): void {
    unindexed += accepted;
    if (unindexed < INDEX_STRIDE) return;
    const share = unindexed > MOST_UNINDEXED ? accepted + INDEX_STRIDE : 2 * INDEX_STRIDE;
    const indexed = indexWords(share);
    unindexed = indexed < share ? 0 : unindexed - indexed;
  }

  function commitBatch(batch: WriteBatch, isEachAlone: boolean): WriteReport {
    const transaction = newTransaction(batch.now);
    const nextBlobs = blobReader(batch.bytes);
    begin();
    try {
      const results = batch.commands.map((command): CommandResult => {
        const blobs = nextBlobs(command[2]);
        return isEachAlone || MAY_FAIL.has(command[0])
          ? runAlone(command, transaction, blobs)
          : [true, run(command, transaction, blobs)];
      });
      indexSome(transaction.acceptedEvents.length);
      rollups.flush(transaction.counts);
      noteTypes(transaction.seenTypes);
      const hasChanges = writeChanges(transaction);
      commit.run();
      return { results, hasChanges };
    } catch (error) {
      if (database.inTransaction) rollback.run();
      rollups.forget();
      throw error;
    }
  }

  return (batch: WriteBatch): WriteReport => {
    try {
      try {
        return commitBatch(batch, false);
      } catch (error) {
        if (isEnvironmentFailure(error)) throw error;
        // One command of the batch is at fault; find it, and let the others through.
        return commitBatch(batch, true);
      }
    } catch (error) {
      const failure = toFailure(error);
      return { results: batch.commands.map(() => [false, failure]), hasChanges: false };
    }
  };
}

function blobReader(bytes: Uint8Array): (sizes: readonly number[]) => Buffer[] {
  let offset = bytes.byteOffset;
  return (sizes) =>
    sizes.map((size) => {
      const blob = Buffer.from(bytes.buffer, offset, size);
      offset += size;
      return blob;
    });
}
