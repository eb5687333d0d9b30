import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { ROOT, run } from './run.ts';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, a line each. */
  failures: string[];
}

export const NOTHING: Readonly<Tally> = { passed: 0, failed: 0, skipped: 0, failures: [] };

interface JestSummary {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
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
  // Freeing compiled WebAssembly while such threads end is where it crashes else.
  '--no-wasm-code-gc',
];
/** How Node ends when it has crashed by itself; whoever stops the tests sends something else. */
const CRASHES: readonly string[] = ['SIGSEGV', 'SIGABRT', 'SIGTRAP', 'SIGILL'];

/**
 * Runs one suite and counts what really ran; a file, or a whole suite, that could not even be loaded counts as a failure. Where Node itself crashes
 * under Jest there is no result to count: the whole suite is run once more, and a second crash counts as a failure.
 */
export async function runSuite(
  suite: Suite,
  jestArguments: readonly string[],
  env: Record<string, string> = {},
): Promise<Tally> {
  const first = await runOnce(suite, jestArguments, env);
  if (!first.hasCrashed) return first.tally;
  console.log(`${first.tally.failures.join()}; all of it is run once more`);
  return (await runOnce(suite, jestArguments, env)).tally;
}

interface Run {
  tally: Tally;
  hasCrashed: boolean;
}

async function runOnce(
  suite: Suite,
  jestArguments: readonly string[],
  env: Record<string, string>,
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-test-'));
  try {
    const outputFile = join(folder, 'summary.json');
    const { code, signal } = await run(
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
      { cwd: resolve(ROOT, suite.workspace), env },
    );
    const text = await readFile(outputFile, 'utf8').catch(() => null);
    const whole = `${suite.workspace}/${suite.config}`;
    if (text === null) {
      const failures = [`${whole}: no result; Jest ended with ${signal ?? `code ${code}`}`];
      const hasCrashed = signal !== null && CRASHES.includes(signal);
      return { tally: { ...NOTHING, failed: 1, failures }, hasCrashed };
    }
    const summary = JSON.parse(text) as JestSummary;
    const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
    const endedBadly = failed === 0 && code !== 0;
    const tally = {
      passed: summary.numPassedTests,
      failed: endedBadly ? 1 : failed,
      skipped: summary.numPendingTests + summary.numTodoTests,
      failures: endedBadly ? [`${whole}: Jest ended with code ${code}`] : failuresOf(summary),
    };
    return { tally, hasCrashed: false };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failuresOf(summary: JestSummary): string[] {
  return summary.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(ROOT, name);
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file}: could not be run`];
    return failed.map(({ fullName }) => `${file}: ${fullName}`);
  });
}

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** Names what failed, ends with the line of counts, and says both in `file` too, where one is given. */
export async function closeWith(total: Tally, file: string | undefined): Promise<void> {
  const lines = [
    ...total.failures.map((failure) => `FAILED ${failure}`),
    `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
  ];
  const text = lines.join('\n');
  if (file !== undefined) await appendFile(file, `${text}\n`);
  console.log(text);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}
