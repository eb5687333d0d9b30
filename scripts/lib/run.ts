import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Finished {
  /** 1 where a signal ended it. */
  code: number;
  signal: NodeJS.Signals | null;
  output: string;
}

/**
 * Runs a command in the repository with the packages' binaries first on the path.
 * @param options.quiet keep the output for the caller instead of showing it
 */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; quiet?: boolean; env?: Record<string, string> } = {},
): Promise<Finished> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        ...options.env,
        PATH: `${resolve(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      },
    });
    const parts: Buffer[] = [];
    child.stdout?.on('data', (part: Buffer) => parts.push(part));
    child.stderr?.on('data', (part: Buffer) => parts.push(part));
    child.once('error', fail);
    child.once('close', (code, signal) => {
      done({ code: code ?? 1, signal, output: Buffer.concat(parts).toString('utf8') });
    });
  });
}
