import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SealingKeys } from './sealing.ts';

const KEY_FILE = 'sealing.key';
const KEY_BYTES = 32;

/**
 * The keys that secrets at rest are sealed under.
 * @param setting base64 of 32 bytes, or a list `id:base64,id:base64` whose first key is the current one; null or
 *   empty: the file `sealing.key` in `dataFolder`, made on first start for this system user alone (mode 0600)
 * @throws Error that says what is wrong with the setting or the file, without showing a key
 */
export function loadSealingKeys(setting: string | null, dataFolder: string): SealingKeys {
  if (setting !== null && setting.trim() !== '') {
    return parseSealingKeys(setting, 'The sealing key setting');
  }
  const file = sealingKeyFile(dataFolder);
  const text = readKeyFile(file) ?? makeKeyFile(file, dataFolder);
  return parseSealingKeys(text, `The sealing key file ${file}`);
}

/** Where the key lies that is made when none is set. */
export function sealingKeyFile(dataFolder: string): string {
  return join(dataFolder, KEY_FILE);
}

function parseSealingKeys(text: string, where: string): SealingKeys {
  const keys: Record<string, Buffer> = {};
  const ids: string[] = [];
  for (const item of text.split(',')) {
    const [first = '', second] = item.trim().split(':', 2);
    const key = Buffer.from(second ?? first, 'base64');
    if (key.length !== KEY_BYTES) {
      throw new Error(
        `${where} must hold base64 of ${KEY_BYTES} bytes (openssl rand -base64 32), or id:base64 pairs separated by commas; entry ${ids.length + 1} does not.`,
      );
    }
    const id = second === undefined ? fingerprint(key) : first;
    if (!/^[\w.-]{1,64}$/.test(id) || Object.hasOwn(keys, id)) {
      throw new Error(
        `${where} needs a different id for each key, of letters, digits, dots, dashes and underscores.`,
      );
    }
    keys[id] = key;
    ids.push(id);
  }
  return { currentKeyId: ids[0] ?? '', keys };
}

/** A key without an id is named after itself, so that it can later be listed behind a new one. */
function fingerprint(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}

function readKeyFile(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8');
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written aside and linked into place: of two processes that start at once, both read the one that came first, whole. */
function makeKeyFile(file: string, dataFolder: string): string {
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
    syncFolder(dataFolder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}

// The name is on disk only once its folder is.
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
