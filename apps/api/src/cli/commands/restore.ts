import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../config.ts';
import { GatewayError } from '../../domain/errors.ts';
import { checkSqliteFile, type FileContents } from '../../store/sqlite/check-file.ts';
import { placeSqliteFile } from '../../store/sqlite/place-file.ts';
import { openBackupPlace } from '../backup/backup-place.ts';
import { refuseToOverwrite } from '../backup/refuse-to-overwrite.ts';
import { isSealedFile, unsealFile } from '../backup/sealed-file.ts';
import { withDrafts } from '../backup/with-drafts.ts';
import { CommandError, type Command } from '../command.ts';
import { notSqlite } from '../require-sqlite.ts';
import { readSealingKeys } from '../read-sealing-keys.ts';

export const restoreCommand: Command = {
  name: 'restore',
  positionals: ['FILE'],
  summary: 'Put a backup in the place of the SQLite store, after checking it.',
  details: `Stop the gateway first: a store in use is never replaced. A store that holds anything is replaced only with --replace, and is
kept beside the new one under another name.
Deliveries that ended after the backup was made are open again and will be sent once more, with the same webhook-id.
A backup from an older version is brought to this version's schema at the next start.`,
  options: {
    replace: { type: 'boolean', help: 'Replace a store that is not empty.' },
    check: { type: 'boolean', help: 'Only check that FILE can be restored; change nothing.' },
  },
  async run(call) {
    const config = call.readConfig();
    if (config.postgresUrl !== null) throw notSqlite();
    const place = openBackupPlace(call.argument('FILE'));
    if (!(await place.exists())) {
      throw new CommandError('usage', `There is no backup at ${place.name}.`);
    }
    const isCheck = call.flag('check');
    if (!isCheck) refuseToOverwrite(call, config);
    await mkdir(dirname(config.databaseFile), { recursive: true });

    const outcome = await withDrafts(dirname(config.databaseFile), async (draft) => {
      const fetched = draft('fetched');
      await place.fetch(fetched);
      const isSealed = await isSealedFile(fetched);
      const opened = isSealed ? draft('opened.db') : fetched;
      if (isSealed) await unsealFile(fetched, opened, readSealingKeys(config));
      const contents = check(opened);
      await chmod(opened, 0o600);
      const setAside = isCheck ? null : await put(opened, config, call.io.clock.now());
      const backup = place.name;
      return { backup, isSealed, restored: !isCheck, setAside, ...contents };
    });
    call.answer(outcome, render(outcome, config.databaseFile));
    return undefined;
  },
};

function check(file: string): FileContents {
  try {
    return checkSqliteFile(file);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new CommandError('failed', `The backup cannot be used. ${error.message}`);
  }
}

async function put(from: string, config: Config, now: number): Promise<string | null> {
  try {
    return await placeSqliteFile(from, config.databaseFile, now);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new CommandError('refused', error.message);
  }
}

function render(
  outcome: FileContents & { backup: string; restored: boolean; setAside: string | null },
  file: string,
): string {
  const { backup, restored, setAside, events, deliveries, records } = outcome;
  const holds = `${events} events, ${deliveries} deliveries, ${records} records of configuration`;
  if (!restored) return `${backup} can be restored: ${holds}.`;
  const kept = setAside === null ? '' : `\nThe store that was there is kept as ${setAside}.`;
  return `${file} is restored from ${backup}: ${holds}.${kept}\nStart the gateway with the sealing keys of that time: "signalbox doctor" checks that they fit.`;
}
