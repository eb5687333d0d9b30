import { resolve } from 'node:path';
import type { Call } from '../command.ts';

/** The SQLite file that is to move, and the name of this machine. */
export function sourceFile(call: Call): { file: string; hostName: string } {
  const { databaseFile, hostName } = call.readConfig();
  const from = call.option('from');
  return { file: from === undefined ? databaseFile : resolve(from), hostName };
}
