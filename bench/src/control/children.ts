import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';

export interface Children {
  /** Starts a script of this suite with an IPC channel, on this same Node. */
  forkScript(script: URL, environment?: Record<string, string>): ChildProcess;
  /** Starts any other program; its output goes to `logFile`. */
  spawnProgram(
    command: string,
    commandLine: readonly string[],
    options: { logFile: string; folder: string; environment?: Record<string, string> },
  ): ChildProcess;
  /** SIGTERM, and SIGKILL when that is not enough within 10 s. Resolves when the child has gone. */
  stop(child: ChildProcess): Promise<void>;
  /** Kills everything at once; for the way out. */
  killAll(): void;
}

const STOP_TIMEOUT_MS = 10_000;

/**
 * Every process the suite starts goes through here, so that none outlives it: on a normal end, an exception or
 * a signal they are killed by `killAll`; should the suite itself be killed, the guardian process does it.
 */
export function createChildren(): Children {
  const alive = new Set<ChildProcess>();
  const guardian = fork(new URL('../processes/guardian.ts', import.meta.url), { stdio: 'ignore' });
  // Ctrl-C reaches the whole foreground group; children in their own groups end by our hand alone, in order.
  const keep = (child: ChildProcess): ChildProcess => {
    alive.add(child);
    guardian.send({ watch: child.pid });
    child.once('exit', () => {
      alive.delete(child);
      if (guardian.connected) guardian.send({ forget: child.pid });
    });
    return child;
  };
  return {
    forkScript: (script, environment = {}) =>
      keep(fork(script, { detached: true, env: { ...process.env, ...environment } })),
    spawnProgram: (command, commandLine, { logFile, folder, environment = {} }) => {
      const log = openSync(logFile, 'a');
      try {
        return keep(
          spawn(command, commandLine, {
            cwd: folder,
            detached: true,
            env: { ...process.env, ...environment },
            stdio: ['ignore', log, log],
          }),
        );
      } finally {
        closeSync(log);
      }
    },
    stop: async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(timer);
    },
    killAll: () => {
      for (const child of alive) child.kill('SIGKILL');
      guardian.kill('SIGKILL');
    },
  };
}
