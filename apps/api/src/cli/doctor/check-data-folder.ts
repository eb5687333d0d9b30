import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../config.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const MIB = 1024 * 1024;
const LEAST_MIB = 100;
const ENOUGH_MIB = 1024;

/** Whether the folder of the store can be written, and how much room it has. */
export async function checkDataFolder(config: Config): Promise<Finding[]> {
  const folder = dirname(config.databaseFile);
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return [
      isMissing
        ? warning(
            'data folder',
            `${folder} does not exist`,
            'The first start makes it; check DATA_DIR if the gateway ran before.',
          )
        : failed(
            'data folder',
            `${folder} cannot be written`,
            'Give it to the account that the gateway runs under.',
          ),
    ];
  }
  const { bavail, bsize, blocks } = await statfs(folder);
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const share = Math.round((bavail / Math.max(1, blocks)) * 100);
  return [ok('data folder', `${folder} can be written`), checkSpace(freeMib, share)];
}

function checkSpace(freeMib: number, share: number): Finding {
  const detail = `${freeMib} MiB free (${share} %)`;
  const action = 'Free some space, enlarge the volume, or lower RETENTION_DAYS.';
  if (freeMib < LEAST_MIB) return failed('disk space', detail, action);
  if (freeMib < ENOUGH_MIB) return warning('disk space', detail, action);
  return ok('disk space', detail);
}
