import { chown, lstat, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { secureHome } from '../../../../scripts/deploy/lib/secure-home.ts';

const GATEWAY = { uid: 65534, gid: 65534 };
/** Only root gives files away; anybody else is refused, and nothing has changed hands. */
function asRoot(name: string, check: () => Promise<void>): void {
  const isRoot = process.getuid?.() === 0;
  test(isRoot ? name : `${name}: not without being root`, async () => {
    if (isRoot) await check();
    else await expect(secureHome(folder, GATEWAY)).rejects.toThrow('EPERM');
  });
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-home-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ownerOf = async (...path: string[]): Promise<number> =>
  (await lstat(join(folder, ...path))).uid;

describe('the folder of releases', () => {
  asRoot(
    "is root's, with all releases, when the gateway's account owned it; logs stay",
    async () => {
      await mkdir(join(folder, 'releases/1/scripts'), { recursive: true });
      await mkdir(join(folder, 'logs'));
      await writeFile(join(folder, 'releases/1/scripts/roll-out.ts'), '');
      for (const path of ['', 'releases', 'releases/1', 'releases/1/scripts/roll-out.ts', 'logs'])
        await chown(join(folder, path), GATEWAY.uid, GATEWAY.gid);
      await secureHome(folder, GATEWAY);
      for (const path of ['', 'releases', 'releases/1', 'releases/1/scripts/roll-out.ts'])
        expect([path, await ownerOf(path)]).toEqual([path, 0]);
      expect(await ownerOf('logs')).toBe(GATEWAY.uid);
      expect((await stat(folder)).mode & 0o022).toBe(0);
    },
  );

  asRoot("leaves a release that is root's as old as it is", async () => {
    await mkdir(join(folder, 'releases/1'), { recursive: true });
    const before = await stat(join(folder, 'releases/1'));
    await secureHome(folder, GATEWAY);
    expect((await stat(join(folder, 'releases/1'))).ctimeMs).toBe(before.ctimeMs);
  });

  asRoot('gives nothing away that a link in the place of the logs leads to', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'logs'));
    await expect(secureHome(folder, GATEWAY)).rejects.toThrow('is to be a folder');
    expect(await ownerOf('elsewhere')).toBe(0);
  });

  test('is left as it is where there is no other account', async () => {
    await secureHome(folder, {});
    await expect(stat(join(folder, 'releases'))).rejects.toThrow('ENOENT');
  });
});
