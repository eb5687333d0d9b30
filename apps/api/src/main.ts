import { requireNode } from './require-node.ts';
import { tuneMemory } from './tune-memory.ts';

requireNode();
tuneMemory(process);
const { start } = await import('./start.ts');
await start(process.env);
