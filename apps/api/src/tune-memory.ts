/** What `tuneMemory` needs of `process`. */
export interface TunableProcess {
  platform: string;
  execPath: string;
  execArgv: readonly string[];
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** There when another process talks to this one, which would be cut off. */
  send?: unknown;
  execve?: (file: string, argv: readonly string[], env: Record<string, string>) => void;
}

// glibc raises its threshold to the largest block ever freed, here a password hash's 19 MiB; from then on such blocks are
// kept instead of being given back.
const MALLOC = { MALLOC_MMAP_THRESHOLD_: '1048576', MALLOC_TRIM_THRESHOLD_: '1048576' };

// libuv gives looking up names half of its four threads at most; two names whose servers are silent would hold both, and no
// other target could be connected to. An idle thread takes no memory worth counting.
const THREADS = { UV_THREADPOOL_SIZE: '8' };

// Under load most of what a request makes dies with it. With a roomier young generation less of it is copied on the way.
// A start fills that room too; give-back-memory.ts empties it again.
const YOUNG_GENERATION = '--max-semi-space-size=32';

/**
 * Starts this program again in place, once, with settings that only count from the first moment on: after the
 * first sign-in they save about 50 MiB, and under load some of the time that goes into garbage collection; more threads look up names. Does nothing where the settings were made already, or cannot be.
 */
export function tuneMemory(program: TunableProcess): void {
  const isTuned = Object.keys(MALLOC).every((name) => program.env[name] !== undefined);
  if (isTuned || program.platform !== 'linux' || program.send || !program.execve) return;
  const environment: Record<string, string> = { ...MALLOC, ...THREADS };
  for (const [name, value] of Object.entries(program.env)) {
    if (value !== undefined) environment[name] = value;
  }
  program.execve(
    program.execPath,
    [program.execPath, YOUNG_GENERATION, ...program.execArgv, ...program.argv.slice(1)],
    environment,
  );
}
