#!/usr/bin/env node
import { requireNode } from '../require-node.ts';

requireNode();
const { runCommandLine } = await import('./run-command-line.ts');
const { processIo } = await import('./process-io.ts');
// Not process.exit: what was written to a pipe must still leave, and `start` goes on running.
process.exitCode = await runCommandLine(process.argv.slice(2), processIo());
