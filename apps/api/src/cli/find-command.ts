import type { Command } from './command.ts';

export type Found =
  | { kind: 'command'; command: Command; rest: readonly string[] }
  /** The first word of several commands, without a second one that names one of them. */
  | { kind: 'group'; group: string }
  | { kind: 'none' };

/** The command that the first one or two words name. */
export function findCommand(commands: readonly Command[], words: readonly string[]): Found {
  const [first = '', second = ''] = words;
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((one) => one.name === name);
    if (command) return { kind: 'command', command, rest: words.slice(length) };
  }
  const isGroup = commands.some(({ name }) => name.startsWith(`${first} `));
  return isGroup && (second === '' || second.startsWith('-'))
    ? { kind: 'group', group: first }
    : { kind: 'none' };
}
