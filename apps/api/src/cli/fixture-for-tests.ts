import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../domain/clock.ts';
import { runCommandLine } from './run-command-line.ts';

export interface Outcome {
  code: number;
  /** Standard output. */
  output: string;
  /** Standard error output. */
  errors: string;
  /** The object that `--json` answered with. */
  json: Record<string, unknown>;
}

/** The command line on a folder of its own. */
export interface Bench {
  folder: string;
  /** The SQLite file that the settings name. */
  file: string;
  environment: Record<string, string>;
  run(...argv: string[]): Promise<Outcome>;
  /** As `run`, with a text on the standard input. */
  runWith(input: string, ...argv: string[]): Promise<Outcome>;
  remove(): Promise<void>;
}

export async function createBench(clock: Clock = systemClock): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-cli-'));
  const environment: Record<string, string> = { DATA_DIR: folder, PORT: '0' };
  async function runWith(input: string, ...argv: string[]): Promise<Outcome> {
    let output = '';
    let errors = '';
    const code = await runCommandLine(argv, {
      environment,
      write: (text) => (output += text),
      writeError: (text) => (errors += text),
      readInput: () => Promise.resolve(input),
      isTerminal: false,
      clock,
    });
    const json = argv.includes('--json') ? (JSON.parse(output) as Record<string, unknown>) : {};
    return { code, output, errors, json };
  }
  return {
    folder,
    file: join(folder, 'signalbox.db'),
    environment,
    run: (...argv) => runWith('', ...argv),
    runWith,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
