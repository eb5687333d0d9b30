import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROOT, run } from './run.ts';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface JestSummary {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
  success: boolean;
}

/** A suite of tests: a workspace and the Jest configuration in it. */
interface Suite {
  workspace: string;
  config: string;
}

/** How Node must run Jest. */
export const NODE_FLAGS = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  // V8's bookkeeping of protected code pages aborts the process now and then when threads that loaded WebAssembly end
  // (nodejs/node issue 64500); tests start and end hundreds of them, each with the WebAssembly that strips types.
  '--no-memory-protection-keys',
];

/** Runs one suite and counts what really ran; a file, or a whole suite, that could not even be loaded counts as a failure. */
export async function runSuite(suite: Suite, jestArguments: readonly string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-test-'));
  try {
    const outputFile = join(folder, 'summary.json');
    const { code } = await run(
      'node',
      [
        ...NODE_FLAGS,
        resolve(ROOT, 'node_modules/jest/bin/jest.js'),
        '--config',
        suite.config,
        '--json',
        '--outputFile',
        outputFile,
        ...(jestArguments.length > 0 ? ['--passWithNoTests', ...jestArguments] : []),
      ],
      { cwd: resolve(ROOT, suite.workspace) },
    );
    const text = await readFile(outputFile, 'utf8').catch(() => null);
    if (text === null) return { passed: 0, failed: 1, skipped: 0 };
    const summary = JSON.parse(text) as JestSummary;
    const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
    return {
      passed: summary.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: summary.numPendingTests + summary.numTodoTests,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

export function describe(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
}
