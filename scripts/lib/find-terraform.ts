import { glob, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findOnPath } from './find-on-path.ts';

/** The program, and what its environment must hold. `folder` is the caller's to remove. */
export interface Terraform {
  program: string;
  env: Record<string, string>;
  /** Folder of providers on this machine; null: they come from the registry. */
  mirror: string | null;
  folder: string;
}

/** Where people and machines keep providers. */
const ROOTS = [
  '/opt',
  '/usr/local/share',
  '/usr/share',
  join(homedir(), '.terraform.d'),
  join(homedir(), '.local/share/terraform'),
];

/**
 * Finds Terraform on the path, and a folder with the provider of AWS where there is one, so that nothing is downloaded.
 * @throws Error when there is no Terraform
 */
export async function findTerraform(): Promise<Terraform> {
  const program = await findOnPath('terraform');
  if (program === null) throw new Error('Terraform 1.11 or newer is not on the path; install it.');
  const mirror = await findMirror();
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-terraform-'));
  const configuration = join(folder, 'terraform.rc');
  await writeFile(configuration, mirror === null ? '' : mirrorConfiguration(mirror));
  return {
    program,
    mirror,
    folder,
    env: {
      TF_CLI_CONFIG_FILE: configuration,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      ...(mirror === null ? await shareDownloads(folder) : {}),
    },
  };
}

/** One download for all modules: the provider is 700 MB. */
async function shareDownloads(folder: string): Promise<Record<string, string>> {
  const cache = join(folder, 'providers');
  await mkdir(cache);
  return { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: 'true' };
}

/** The folder above `HOST/NAMESPACE/NAME/VERSION/SYSTEM/terraform-provider-aws_v5…`, as Terraform wants it. */
async function findMirror(): Promise<string | null> {
  for (const root of ROOTS) {
    for await (const file of glob(`{.,*,*/*}/*/*/aws/5.*/*/terraform-provider-aws_v5*`, {
      cwd: root,
    })) {
      return dirname(dirname(dirname(dirname(dirname(dirname(join(root, file)))))));
    }
  }
  return null;
}

const mirrorConfiguration = (mirror: string) => `provider_installation {
  filesystem_mirror {
    path = ${JSON.stringify(mirror)}
  }
}
`;
