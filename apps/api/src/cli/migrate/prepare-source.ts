import { GatewayError } from '../../domain/errors.ts';
import { createIdFactory } from '../../domain/ids.ts';
import type { MoveSource } from '../../store/move/move-store.ts';
import { inspectSqliteFile } from '../../store/sqlite/inspect.ts';
import { openMoveSource } from '../../store/sqlite/move/open-move-source.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import { CommandError, type Call } from '../command.ts';

/**
 * Opens the SQLite store that is to move, so that nothing can write to it meanwhile. Before that it is brought to this version's
 * schema, and what processes that are gone had leased becomes due again. Where an interrupted move left off, both were done.
 * @param interrupted the fingerprint of the source of an interrupted move, or null
 * @throws CommandError `refused` while a gateway runs on it
 */
export async function prepareSource(
  call: Call,
  file: string,
  hostName: string,
  interrupted: string | null,
): Promise<MoveSource & { close(): void }> {
  refuseInUse(call, file, hostName);
  if (interrupted !== null) {
    const source = lock(file);
    if (source.fingerprint === interrupted) return source;
    source.close();
    call.progress('The store was opened since the move was interrupted, so the move begins anew.');
  }
  const { clock } = call.io;
  const ids = createIdFactory(() => clock.now());
  const identity = { id: ids('prc'), pid: process.pid, host: hostName };
  const store = await openSqliteStore({ file, clock, process: identity });
  try {
    await store.takeOver(clock.now(), 0);
  } finally {
    await store.close();
  }
  return lock(file);
}

function refuseInUse(call: Call, file: string, host: string): void {
  const found = inspectSqliteFile(file, { host, now: call.io.clock.now() });
  if (found === null) {
    throw new CommandError('usage', `There is no store at ${file}.`);
  }
  if (found.living.length === 0) return;
  const pids = found.living.map((one) => `${one.pid} on ${one.host}`).join(', ');
  throw new CommandError(
    'refused',
    `A gateway runs on ${file} (process ${pids}). Stop it, so that nothing is accepted that would stay behind; then try again. Senders repeat what is not answered meanwhile.`,
  );
}

function lock(file: string): MoveSource & { close(): void } {
  try {
    return openMoveSource(file);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'conflict') {
      throw new CommandError('refused', error.message);
    }
    throw error;
  }
}
