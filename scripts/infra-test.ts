import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findTerraform } from './lib/find-terraform.ts';
import { checkExamples, checkModules } from './lib/infra/check-modules.ts';
import { checkEnvironmentsAreAlike, checkSinglePage } from './lib/infra/check-sources.ts';
import { countChecks } from './lib/infra/checks.ts';
import { openRoot } from './lib/infra/open-root.ts';
import { runCycle } from './lib/infra/run-cycle.ts';
import { ROOT } from './lib/run.ts';
import { add, closeWith, runSuite } from './lib/tally.ts';

// Checks the infrastructure without an account: format, validity, the tests of each module and environment with a mocked provider, production
// applied to an emulator, and the rules over its plans. Names of modules or environments as arguments limit it to those, without the emulator.
// `--tally FILE` also appends the closing lines to a file.
const { values, positionals } = parseArgs({
  options: { tally: { type: 'string' } },
  allowPositionals: true,
});
const SOURCE = resolve(ROOT, 'infra/terraform');
const checks = countChecks();

const terraform = await findTerraform();
console.log(
  terraform.mirror === null
    ? 'The provider comes from the registry'
    : 'The provider comes from this machine',
);
try {
  // The cycle mostly waits; the rest is done meanwhile.
  await Promise.all([
    positionals.length === 0 ? runCycle(terraform, SOURCE, checks) : undefined,
    checkParts(),
  ]);
} finally {
  await rm(terraform.folder, { recursive: true, force: true });
}
const suite = { workspace: 'infra/terraform', config: 'jest.config.mjs' };
const total =
  positionals.length === 0 ? add(checks.tally, await runSuite(suite, [])) : checks.tally;
await closeWith(total, values.tally);

async function checkParts(): Promise<void> {
  // A copy: initialising writes beside the sources. Lock files stay behind where the provider is this machine's own.
  const copy = join(terraform.folder, 'terraform');
  await cp(SOURCE, copy, {
    recursive: true,
    filter: (path) => !path.includes('/.terraform') || path.endsWith('.terraform.lock.hcl'),
  });
  const source = openRoot(terraform, SOURCE);
  await checks.check('format', () => source.run('fmt', '-check', '-recursive', '-diff'));
  await checkSinglePage(SOURCE, checks);
  await checkEnvironmentsAreAlike(SOURCE, checks);
  await checkModules(terraform, copy, positionals, checks);
  if (positionals.length === 0) await checkExamples(terraform, copy, checks);
}
