import { chmod, stat } from 'node:fs/promises';
import { backupSqliteFile } from '../../store/sqlite/backup.ts';
import { checkSqliteFile } from '../../store/sqlite/check-file.ts';
import { openBackupPlace, taken } from '../backup/backup-place.ts';
import { hashFile } from '../backup/hash-file.ts';
import { sealFile } from '../backup/sealed-file.ts';
import { withDrafts } from '../backup/with-drafts.ts';
import type { Call, Command } from '../command.ts';
import { readSealingKeys } from '../read-sealing-keys.ts';
import { requireSqlite } from '../require-sqlite.ts';
import { createProgress } from '../create-progress.ts';

export const backupCommand: Command = {
  name: 'backup',
  positionals: ['FILE'],
  summary: 'Copy the SQLite store to a file while the gateway runs, and check the copy.',
  details: `The copy is the state of one moment. It is written aside, read in full with SQLite's integrity check, and only then named FILE.
Passwords and source keys are in it as hashes, other secrets sealed, payloads in clear; --seal makes all of it unreadable without the key.
The sealing keys are not in it: keep SEALING_KEYS, or DATA_DIR/sealing.key, in another place.`,
  options: {
    seal: { type: 'boolean', help: 'Encrypt the file under the first key of SEALING_KEYS.' },
    overwrite: { type: 'boolean', help: 'Replace FILE where it exists.' },
  },
  async run(call) {
    const config = call.readConfig();
    const file = requireSqlite(config);
    const place = openBackupPlace(call.argument('FILE'));
    const keys = call.flag('seal') ? readSealingKeys(config) : null;
    if (!call.flag('overwrite') && (await place.exists())) throw taken(place.name);

    const takenAt = new Date(call.io.clock.now()).toISOString();
    const outcome = await withDrafts(place.draftFolder, async (draft) => {
      const copy = draft('copy.db');
      await backupSqliteFile(file, copy, createProgress(call, 'copied'));
      const contents = checkSqliteFile(copy);
      const finished = keys === null ? copy : draft('sealed');
      if (keys !== null) await sealFile(copy, finished, keys);
      await chmod(finished, 0o600);
      const { size: sizeBytes } = await stat(finished);
      const sha256 = await hashFile(finished);
      await place.put(finished, call.flag('overwrite'));
      const sealedUnder = keys?.currentKeyId ?? null;
      return { file: place.name, takenAt, sizeBytes, sha256, sealedUnder, ...contents };
    });
    report(call, outcome);
    return undefined;
  },
};

function report(
  call: Call,
  outcome: {
    file: string;
    sizeBytes: number;
    sha256: string;
    sealedUnder: string | null;
    events: number;
    deliveries: number;
    records: number;
  },
): void {
  const { file, sizeBytes, sha256, sealedUnder, events, deliveries, records } = outcome;
  const seal = sealedUnder === null ? 'not sealed' : `sealed under the key ${sealedUnder}`;
  call.answer(
    outcome,
    `${file} is complete and checked: ${events} events, ${deliveries} deliveries, ${records} records of configuration.\n` +
      `${sizeBytes} bytes, ${seal}, SHA-256 ${sha256}`,
  );
}
