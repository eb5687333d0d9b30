import { readVersion } from '../read-version.ts';
import { CommandError, EXIT, type Io } from './command.ts';
import { COMMANDS } from './commands.ts';
import { createCall } from './create-call.ts';
import { findCommand } from './find-command.ts';
import { renderGroupHelp, renderHelp, renderOverview } from './help.ts';
import { reportFailure } from './report-failure.ts';

/**
 * Runs `signalbox` with these arguments (those after the program's name) and answers its exit code. Never rejects.
 * `start` answers once the gateway listens; the gateway then goes on running.
 */
export async function runCommandLine(argv: readonly string[], io: Io): Promise<number> {
  const wantsJson = argv.includes('--json');
  try {
    return await run(argv, io);
  } catch (error) {
    return reportFailure(error, io, wantsJson);
  }
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const [first = '--help'] = argv;
  if (first === '--version' || first === '-v') {
    const version = await readVersion();
    io.write(argv.includes('--json') ? `${JSON.stringify({ version })}\n` : `${version}\n`);
    return EXIT.done;
  }
  const isHelp = first === 'help';
  const words = isHelp ? argv.slice(1) : argv;
  const wantsHelp = isHelp || words.some((word) => word === '--help' || word === '-h');
  const found = findCommand(COMMANDS, words);
  if (wantsHelp || words.length === 0) {
    if (found.kind === 'command') io.write(renderHelp(found.command));
    else if (found.kind === 'group') io.write(renderGroupHelp(COMMANDS, found.group));
    else if (words.every((word) => word.startsWith('-'))) io.write(renderOverview(COMMANDS));
    else throw unknown(words);
    return EXIT.done;
  }
  if (found.kind === 'group') {
    throw new CommandError(
      'usage',
      `"${found.group}" needs one more word:\n\n${renderGroupHelp(COMMANDS, found.group)}`,
    );
  }
  if (found.kind === 'none') throw unknown(words);
  const call = createCall(found.command, found.rest, io);
  return (await found.command.run(call)) ?? EXIT.done;
}

function unknown(words: readonly string[]): CommandError {
  const given = words.filter((word) => !word.startsWith('-')).slice(0, 2);
  return new CommandError(
    'usage',
    `There is no command "${given.join(' ')}". "signalbox --help" lists them all.`,
  );
}
