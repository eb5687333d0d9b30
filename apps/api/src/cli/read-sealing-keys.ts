import { existsSync } from 'node:fs';
import { loadSealingKeys, sealingKeyFile } from '../auth/load-sealing-keys.ts';
import type { SealingKeys } from '../auth/sealing.ts';
import type { Config } from '../config.ts';
import { CommandError } from './command.ts';

/** The sealing keys of the gateway with these settings. Throws `usage` where there are none: a command never makes one. */
export function readSealingKeys(config: Pick<Config, 'sealingKeys' | 'dataDir'>): SealingKeys {
  const file = sealingKeyFile(config.dataDir);
  if (config.sealingKeys === null && !existsSync(file)) {
    throw new CommandError(
      'usage',
      `There is no sealing key: SEALING_KEYS is not set and ${file} does not exist. Set SEALING_KEYS or DATA_DIR as for the gateway.`,
    );
  }
  try {
    return loadSealingKeys(config.sealingKeys, config.dataDir);
  } catch (error) {
    throw new CommandError('usage', error instanceof Error ? error.message : String(error));
  }
}
