import { serveCommands } from '../control/commands.ts';
import { runBatches, runClosedLoop } from '../load/closed-loop.ts';
import { runOpenLoop } from '../load/open-loop.ts';
import type { GeneratorCommands } from './generator-commands.ts';

serveCommands<GeneratorCommands>({
  closedLoop: runClosedLoop,
  batches: runBatches,
  openLoop: runOpenLoop,
});
