import { appendFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { add, describe, runSuite, type Tally } from './lib/tally.ts';

// Runs the test suites and ends with one line that counts them all.
// `--browser` runs the journeys that need Chromium instead; `--tally FILE` also appends the closing line to a file.
const { values, positionals } = parseArgs({
  options: { browser: { type: 'boolean' }, tally: { type: 'string' } },
  allowPositionals: true,
});

const suites = values.browser
  ? [{ workspace: 'apps/dashboard', config: 'jest.browser.config.mjs' }]
  : [
      { workspace: 'apps/api', config: 'jest.config.mjs' },
      { workspace: 'apps/dashboard', config: 'jest.config.mjs' },
    ];

let total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const suite of suites) {
  total = add(total, await runSuite(suite, positionals));
}
if (values.tally) await appendFile(values.tally, `${describe(total)}\n`);
console.log(describe(total));
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
