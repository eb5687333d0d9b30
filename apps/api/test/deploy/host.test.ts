import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attempt } from '../../../../scripts/deploy/lib/command.ts';
import { renderUserData, writtenFiles } from '../support/render-user-data.ts';

let folder: string;
let document: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-host-data-'));
  document = await renderUserData({
    name: 'signalbox-test',
    region: 'eu-central-1',
    data_volume_id: 'vol-0123456789abcdef0',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what cloud-init is given', () => {
  test('is valid for its own validator', async () => {
    const file = join(folder, 'user-data.yaml');
    await writeFile(file, document);
    const { code, output, errors } = await attempt('/usr/bin/cloud-init', [
      ...['schema', '--config-file', file],
    ]);
    expect({ code, words: output + errors }).toEqual({
      code: 0,
      words: expect.stringContaining('Valid cloud-config'),
    });
  });

  test('writes scripts that shellcheck has nothing to say about', async () => {
    const scripts = [...writtenFiles(document)].filter(([path]) =>
      path.startsWith('/usr/local/sbin/'),
    );
    expect(scripts.map(([path]) => path.split('/').at(-1)).sort()).toEqual([
      'signalbox-health',
      'signalbox-prepare',
      'signalbox-release',
      'signalbox-run',
    ]);
    for (const [path, text] of scripts) {
      const file = join(folder, path.split('/').at(-1) ?? '');
      await writeFile(file, text);
      const { output } = await attempt('shellcheck', ['--severity=style', file]);
      expect(output).toBe('');
    }
  });

  test('holds nothing that is secret, and no form that was not filled in', () => {
    expect(document).not.toMatch(/BEGIN [A-Z ]*PRIVATE|SEALING_KEYS|AKIA[0-9A-Z]{16}/);
    expect(document).not.toMatch(/[^$]\$\{(?:region|name|node_version)\}|%\{/);
  });
});
