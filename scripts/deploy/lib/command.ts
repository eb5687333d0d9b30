import { spawn } from 'node:child_process';
import { Stop } from './program.ts';

interface CommandOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Whom it runs as; left out: as this process. */
  account?: { uid?: number; gid?: number };
  /** What it reads from its standard input. */
  input?: string;
}

/**
 * Runs a command and answers what it wrote to its standard output.
 * @throws Stop with what it wrote to its error output when it cannot be started or ends with anything but 0
 */
export async function command(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, output, errors } = await attempt(program, args, options);
  if (code === 0) return output;
  const words = errors.trim() === '' ? output.trim() : errors.trim();
  throw new Stop(`${program} ${args[0] ?? ''} failed (${code}): ${words.slice(-2000)}`);
}

/** As `command`, with the exit code as part of the answer. */
export function attempt(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      ...options.account,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const [output, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => errors.push(part));
    child.once('error', (error) => {
      fail(new Stop(`${program} cannot be started: ${error.message}`));
    });
    // A program that ends before it has read everything is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.once('close', (code) => {
      done({ code: code ?? 1, output: textOf(output), errors: textOf(errors) });
    });
  });
}

const textOf = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString('utf8');
