import { tuneMemory } from './tune-memory.ts';

// Before anything else is loaded: older versions crash inside native code instead of saying why.
const OLDEST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `Signalbox needs Node ${OLDEST_NODE} or newer, and this is ${process.versions.node}. ` +
      'Start it with "npm start", which brings its own, or install a newer Node.',
  );
  process.exit(1);
}

tuneMemory(process);
const { start } = await import('./start.ts');
await start(process.env);
