import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { CommandError, type Call, type Command, type Io, type OptionSpec } from './command.ts';

export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', help: 'Answer with one JSON object on the standard output.' },
  help: { type: 'boolean', help: 'Show this text.' },
};

/** Reads a command's arguments. Throws `usage` for those that it does not take. */
export function createCall(command: Command, rest: readonly string[], io: Io): Call {
  const { values, positionals } = parse(command, rest);
  const names = command.positionals ?? [];
  const needed = names.filter((name) => !isOptional(name));
  if (positionals.length < needed.length) {
    throw wrongUse(command, `${needed.slice(positionals.length).join(' and ')} is missing`);
  }
  if (positionals.length > names.length) {
    throw wrongUse(command, `"${positionals[names.length]}" is one argument too many`);
  }
  const given = new Map(names.map((name, index) => [bare(name), positionals[index] ?? '']));
  const isJson = values['json'] === true;

  return {
    io,
    argument: (name) => given.get(name) ?? '',
    option(name) {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    flag: (name) => values[name] === true,
    readConfig() {
      try {
        return readConfig(io.environment, { isTerminal: io.isTerminal });
      } catch (error) {
        throw new CommandError('usage', error instanceof Error ? error.message : String(error));
      }
    },
    answer: (outcome, text) => io.write(isJson ? `${JSON.stringify(outcome)}\n` : `${text}\n`),
    progress: (text) => io.writeError(`${text}\n`),
  };
}

function parse(command: Command, rest: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, { type }]) => [
      name,
      { type },
    ]),
  );
  try {
    return parseArgs({ args: [...rest], options, allowPositionals: true });
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw wrongUse(command, reason);
  }
}

function wrongUse(command: Command, reason: string): CommandError {
  return new CommandError(
    'usage',
    `${reason}. "signalbox ${command.name} --help" shows how it is used.`,
  );
}

const isOptional = (name: string): boolean => name.startsWith('[');
const bare = (name: string): string => name.replace(/[[\]]/g, '');
