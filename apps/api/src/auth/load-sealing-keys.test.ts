import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadSealingKeys } from './load-sealing-keys.ts';
import { createSealer } from './sealing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const one = randomBytes(32);
const two = randomBytes(32);

describe('from the setting', () => {
  test('one key without an id gets a stable id of its own', () => {
    const loaded = loadSealingKeys(one.toString('base64'), folder);
    expect(loaded.keys[loaded.currentKeyId]).toEqual(one);
    expect(loadSealingKeys(one.toString('base64'), folder).currentKeyId).toBe(loaded.currentKeyId);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the first of a list is the current one, and the others still open', () => {
    const loaded = loadSealingKeys(
      `new:${two.toString('base64')}, old:${one.toString('base64')}`,
      folder,
    );
    expect(loaded).toEqual({ currentKeyId: 'new', keys: { new: two, old: one } });
  });

  test('a key that had no id can be listed behind a new one', () => {
    const before = createSealer(loadSealingKeys(one.toString('base64'), folder)).seal('secret');
    const list = `${two.toString('base64')},${one.toString('base64')}`;
    expect(createSealer(loadSealingKeys(list, folder)).open(before)).toBe('secret');
  });

  test.each([
    ['short', randomBytes(16).toString('base64')],
    ['not base64', 'a:!!!'],
    ['an empty entry', `${one.toString('base64')},`],
    ['the same id twice', `a:${one.toString('base64')},a:${two.toString('base64')}`],
    ['a bad id', `a b:${one.toString('base64')}`],
  ])('%s is refused, and the message shows no key', (_, setting) => {
    let message = '';
    try {
      loadSealingKeys(setting, folder);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('sealing key setting');
    expect(message).not.toContain(one.toString('base64'));
  });
});

describe('from the key file', () => {
  test('it is made once, for this system user alone, and read again', () => {
    const made = loadSealingKeys(null, folder);
    expect(made.keys[made.currentKeyId]).toHaveLength(32);
    expect(readdirSync(folder)).toEqual(['sealing.key']);
    expect(statSync(join(folder, 'sealing.key')).mode & 0o777).toBe(0o600);
    expect(loadSealingKeys('  ', folder)).toEqual(made);
  });

  test('a key file that others may read is closed to them', () => {
    loadSealingKeys(null, folder);
    chmodSync(join(folder, 'sealing.key'), 0o644);
    loadSealingKeys(null, folder);
    expect(statSync(join(folder, 'sealing.key')).mode & 0o777).toBe(0o600);
  });

  test('a missing data folder is made', () => {
    const deeper = join(folder, 'a', 'b');
    expect(loadSealingKeys(null, deeper)).toEqual(loadSealingKeys(null, deeper));
  });
});
