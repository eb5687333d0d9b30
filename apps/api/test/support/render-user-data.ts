import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { command } from '../../../../scripts/deploy/lib/command.ts';
import { findTerraform } from '../../../../scripts/lib/find-terraform.ts';

const MODULE = resolve(import.meta.dirname, '../../../../infra/terraform/modules/host');

/** What the module `host` gives an instance, rendered by Terraform itself; no provider is needed for it. */
export async function renderUserData(variables: Readonly<Record<string, string>>): Promise<string> {
  const terraform = await findTerraform();
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-user-data-'));
  try {
    for (const name of ['main.tf', 'variables.tf', 'templates']) {
      await cp(join(MODULE, name), join(folder, name), { recursive: true });
    }
    const values = Object.entries(variables).map(([name, value]) => `-var=${name}=${value}`);
    const output = await command(terraform.program, ['console', ...values], {
      cwd: folder,
      env: terraform.env,
      input: 'jsonencode(local.user_data)\n',
    });
    // A string of JSON, in a string of JSON.
    return JSON.parse(JSON.parse(output) as string) as string;
  } finally {
    await Promise.all(
      [folder, terraform.folder].map((path) => rm(path, { recursive: true, force: true })),
    );
  }
}

/** The files that the document writes, by their paths: indented by six, each up to the next entry. */
export function writtenFiles(document: string): Map<string, string> {
  const parts = [
    ...document.matchAll(
      /^ {2}- path: (\S+)\n(?: {4}permissions: .*\n)?((?: {4}content: \|\n)(?: {6}.*\n|\n)*)/gm,
    ),
  ];
  return new Map(
    parts.map(([, path = '', text = '']) => [
      path,
      text.replace(/^ {4}content: \|\n/, '').replaceAll(/^ {6}/gm, ''),
    ]),
  );
}
