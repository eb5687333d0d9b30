import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Terraform } from '../find-terraform.ts';
import type { Checks } from './checks.ts';
import { foldersIn } from './folders-in.ts';
import { openRoot } from './open-root.ts';

const INIT = ['init', '-backend=false', '-input=false'] as const;

/**
 * Initialises, validates and tests modules and roots with a mocked provider.
 * @param copy a copy of infra/terraform that may be written to
 * @param names those to look at; empty: all
 */
export async function checkModules(
  terraform: Terraform,
  copy: string,
  names: readonly string[],
  checks: Checks,
): Promise<void> {
  const labels = ['bootstrap', 'account'];
  for (const kind of ['modules', 'environments'])
    labels.push(...(await foldersIn(join(copy, kind))).map((name) => `${kind}/${name}`));
  for (const label of labels) {
    if (names.length === 0 || names.includes(basename(label)))
      await checkFolder(terraform, copy, label, checks);
  }
}

async function checkFolder(
  terraform: Terraform,
  copy: string,
  label: string,
  { check, count }: Checks,
): Promise<void> {
  const root = openRoot(terraform, join(copy, label));
  const files = await readdir(root.folder);
  const lock = files.includes('.terraform.lock.hcl') ? ['-lockfile=readonly'] : [];
  if (!(await check(`${label} initialises`, () => root.run(...INIT, ...lock)))) return;
  if (!(await check(`${label} is valid`, () => root.run('validate')))) return;
  if (!files.includes('tests')) {
    if (label.startsWith('modules/'))
      count(`${label} has tests`, false, 'There is no folder tests.');
    return;
  }
  const { code, output } = await root.run('test');
  for (const [, title = '', outcome] of output.matchAll(/^ {2}run "(\w+)"\.\.\. (\w+)$/gm)) {
    count(`${label}: ${title.replaceAll('_', ' ')}`, outcome === 'pass', output);
  }
  if (code !== 0 || !/^Success! [1-9]/m.test(output)) count(`${label} tests`, false, output);
}

/** The examples of all READMEs, together in one root. */
export async function checkExamples(
  terraform: Terraform,
  copy: string,
  { check, count }: Checks,
): Promise<void> {
  const root = openRoot(terraform, join(copy, 'environments', 'examples'));
  await mkdir(root.folder);
  await cp(join(copy, 'environments/dev/versions.tf'), join(root.folder, 'versions.tf'));
  await writeFile(
    join(root.folder, 'providers.tf'),
    'provider "aws" {\n  alias  = "us_east_1"\n  region = "us-east-1"\n}\n',
  );
  for (const name of await foldersIn(join(copy, 'modules'))) {
    const text = await readFile(join(copy, 'modules', name, 'README.md'), 'utf8');
    const example = /```hcl\n(.*?)```/s.exec(text)?.[1];
    count(`modules/${name} has an example`, example !== undefined, 'The README shows none.');
    await writeFile(join(root.folder, `${name}.tf`), example ?? '');
  }
  await check('all examples are valid together', async () => {
    const started = await root.run(...INIT);
    return started.code === 0 ? root.run('validate') : started;
  });
}
