import { readFile, rm, writeFile } from 'node:fs/promises';
import { Stop } from './program.ts';

/** Does something that only one process of this machine may do at a time. A lock whose holder is gone counts for nothing. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
  if (holder > 0 && !isRunning(holder)) await rm(file, { force: true });
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
  } catch {
    throw new Stop(`Process ${holder} is at it already (${file}); wait until it has ended.`);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
