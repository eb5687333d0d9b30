import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';

/** How the command ends for a script: the process's exit code. */
export const EXIT = {
  done: 0,
  /** It was tried and could not be done, or a check found a fault. */
  failed: 1,
  /** The command, its options or the settings are wrong; nothing was tried. */
  usage: 2,
  /** It would be dangerous now: something is in use, or would be overwritten. Nothing was changed. */
  refused: 3,
} as const;

type ExitReason = Exclude<keyof typeof EXIT, 'done'>;

/** Ends a command with a message for a person and the exit code for its reason. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly reason: ExitReason;

  constructor(reason: ExitReason, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.reason = reason;
  }
}

/** What a command touches of the world outside; tests bring their own. */
export interface Io {
  environment: Readonly<Record<string, string | undefined>>;
  write(text: string): void;
  writeError(text: string): void;
  /** All of the standard input. */
  readInput(): Promise<string>;
  /** Whether a person reads the standard error output. */
  isTerminal: boolean;
  clock: Clock;
}

export interface OptionSpec {
  type: 'string' | 'boolean';
  /** Of a string option: what the help calls its value, such as `FILE`. */
  value?: string;
  help: string;
}

/** One call of a command. */
export interface Call {
  io: Io;
  /** The argument of this name in `Command.positionals`; empty text for an optional one that was left out. */
  argument(name: string): string;
  /** The value of a string option; undefined when it was not given. */
  option(name: string): string | undefined;
  flag(name: string): boolean;
  /** The settings; a mistake in them ends the command. */
  readConfig(): Config;
  /** The outcome: the object with `--json`, otherwise the text. */
  answer(outcome: object, text: string): void;
  /** Tells a person how far it is; goes to the error output. */
  progress(text: string): void;
}

export interface Command {
  /** One or two words, such as `user add`. */
  name: string;
  /** In order; a name in brackets may be left out: `[SOURCE]`. */
  positionals?: readonly string[];
  /** One line. */
  summary: string;
  /** What else a person should know before using it. */
  details?: string;
  options?: Readonly<Record<string, OptionSpec>>;
  /** Answers the exit code; nothing means done. */
  run(call: Call): Promise<number | undefined>;
}
