import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAssetIndex } from './asset-index.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-assets-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<p>');
  writeFileSync(join(dir, 'assets/old-abcdefgh.js'), '1');
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

describe('the files of a dashboard that is built anew while the gateway runs', () => {
  test('are found when they are asked for, a second after the last look', () => {
    let now = 0;
    const assets = createAssetIndex(dir, () => now);
    writeFileSync(join(dir, 'assets/new-abcdefgh.js'), '2');
    now = 999;
    expect(assets.find('/assets/new-abcdefgh.js')).toBeUndefined();
    now = 1000;
    expect(assets.find('/assets/new-abcdefgh.js')).toMatchObject({ isHashed: true });
    expect(assets.index()).toBeDefined();
  });

  test('are not looked for because of a path that no asset can have', () => {
    let now = 0;
    const assets = createAssetIndex(dir, () => now);
    writeFileSync(join(dir, 'new.txt'), '2');
    now = 5000;
    expect(assets.find('/new.txt')).toBeUndefined();
  });
});
