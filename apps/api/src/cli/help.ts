import type { Command, OptionSpec } from './command.ts';
import { COMMON_OPTIONS } from './create-call.ts';

/** The help of one command. */
export function renderHelp(command: Command): string {
  const { name, positionals = [], summary, details, options = {} } = command;
  const usage = ['signalbox', name, ...positionals, '[options]'].join(' ');
  const rows = Object.entries({ ...options, ...COMMON_OPTIONS }).map(
    ([option, spec]): [string, string] => [flagOf(option, spec), spec.help],
  );
  const parts = [usage, summary];
  if (details !== undefined) parts.push(details.trim());
  parts.push(`Options\n${table(rows)}`);
  return `${parts.join('\n\n')}\n`;
}

/** The commands that share a first word. */
export function renderGroupHelp(commands: readonly Command[], group: string): string {
  return `${list(commands.filter(({ name }) => name.startsWith(`${group} `)))}\n`;
}

export function renderOverview(commands: readonly Command[]): string {
  return `signalbox COMMAND [options]

${list(commands)}

"signalbox COMMAND --help" explains one. "signalbox --version" shows the version.
Settings are environment variables, the same as for the gateway; docs/settings.md describes them.
Exit codes: 0 done, 1 failed, 2 wrong use or settings, 3 refused because it would be dangerous now.
`;
}

function list(commands: readonly Command[]): string {
  return table(
    commands.map(({ name, positionals = [], summary }) => [
      [name, ...positionals].join(' '),
      summary,
    ]),
  );
}

/** Two columns, the first as wide as its widest cell. */
function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}

function flagOf(name: string, { type, value }: OptionSpec): string {
  return type === 'string' ? `--${name} ${value ?? 'VALUE'}` : `--${name}`;
}
