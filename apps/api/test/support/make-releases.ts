import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from '../../../../scripts/deploy/lib/hash-file.ts';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { packFolder } from '../../../../scripts/deploy/lib/pack-folder.ts';

/** An artifact, as the options of a roll-out name it. */
export interface Release {
  version: string;
  options: string[];
}

/** Another version made of an artifact: unpacked, changed and packed again. */
export async function makeRelease(
  folder: string,
  artifact: string,
  version: string,
  change: (release: string) => Promise<void> = () => Promise.resolve(),
): Promise<Release> {
  const stage = join(folder, version);
  await mkdir(stage);
  await command('tar', ['--extract', `--file=${artifact}`, `--directory=${stage}`]);
  for (const file of ['manifest.json', 'apps/api/package.json']) {
    const facts = JSON.parse(await readFile(join(stage, file), 'utf8')) as object;
    await writeFile(join(stage, file), JSON.stringify({ ...facts, version }));
  }
  await change(stage);
  const file = join(folder, `${version}.tar.gz`);
  await packFolder(stage, file, '2026-01-01T00:00:00Z');
  await rm(stage, { recursive: true });
  return { version, options: ['--artifact', file, '--sha256', await hashFile(file)] };
}

/** Puts a line before everything else that the gateway does at its start. */
export async function beginWith(release: string, line: string): Promise<void> {
  const main = join(release, 'apps/api/dist/main.js');
  await writeFile(main, `${line}\n${await readFile(main, 'utf8')}`);
}
