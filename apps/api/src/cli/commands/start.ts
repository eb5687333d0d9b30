import { tuneMemory } from '../../tune-memory.ts';
import type { Command } from '../command.ts';

export const startCommand: Command = {
  name: 'start',
  summary: 'Run the gateway until a signal ends it.',
  details: 'The same as "npm start". SIGTERM and SIGINT stop it in good order.',
  async run(call) {
    tuneMemory(process);
    // What the gateway needs is loaded only here, so that the other commands answer at once.
    const { start } = await import('../../start.ts');
    await start(call.io.environment);
    return undefined;
  },
};
