import { cp, glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '../../../infra/terraform/emulator/open-client.ts';
import type { Plans } from './check-rules.ts';
import type { Checks } from './checks.ts';
import { backend, change, checkEmptyPlan, destroy, readPlanned } from './live-through.ts';
import type { Root } from './open-root.ts';

/** What all environments share: bootstrap with its state on this machine, then account with its state in bootstrap's bucket, to which bootstrap's own moves; and both gone. */
export async function runShared(
  bootstrap: Root,
  account: Root,
  client: Client,
  plans: Plans,
  checks: Checks,
): Promise<void> {
  const init = ['-input=false', '-lockfile=readonly'];
  const begun = await checks.check('bootstrap initialises', () => bootstrap.run('init', ...init));
  if (!begun || !(await change(bootstrap, 'bootstrap', [], checks))) return;
  await checkEmptyPlan(bootstrap, 'bootstrap', [], checks);
  plans.set('bootstrap', await readPlanned(bootstrap, []));

  const { output } = await bootstrap.run('output', '-raw', 'state_bucket');
  const bucket = output.trim();
  const there = [...init, ...backend(bucket, 'eu-central-1')];
  const initialised = await checks.check('account initialises with the bucket of bootstrap', () =>
    account.run('init', ...there),
  );
  if (!initialised || !(await change(account, 'account', [], checks))) return;
  await checkEmptyPlan(account, 'account', [], checks);
  plans.set('account', await readPlanned(account, []));
  await moveState(bootstrap, account.folder, there, checks);

  await destroy(account, 'account', [], checks);
  await rm(join(bootstrap.folder, OVERRIDE));
  await checks.check("bootstrap's state comes back", () => bootstrap.run('init', ...MOVE, ...init));
  const versions = await emptyBucket(client, bucket);
  checks.count('earlier states are kept', versions > 1, `The bucket held ${versions} versions.`);
  await destroy(bootstrap, 'bootstrap', [], checks);
}

const OVERRIDE = 'backend_override.tf';
const MOVE = ['-migrate-state', '-force-copy'];

/** As the guide has it: nothing of the state is left on this machine. */
async function moveState(
  bootstrap: Root,
  account: string,
  there: readonly string[],
  checks: Checks,
): Promise<void> {
  await cp(join(account, 'backend.tf'), join(bootstrap.folder, OVERRIDE));
  await checks.check("bootstrap's state moves into its bucket", () =>
    bootstrap.run('init', ...MOVE, ...there),
  );
  for await (const file of glob('terraform.tfstate*', { cwd: bootstrap.folder })) {
    await rm(join(bootstrap.folder, file));
  }
  await checkEmptyPlan(bootstrap, 'bootstrap with its state in its bucket', [], checks);
}

/** By hand, because Terraform is not to do it: what is lost with a state is everything that it knows. */
async function emptyBucket(client: Client, bucket: string): Promise<number> {
  const [, list] = await client.rest('s3', 'GET', `/${bucket}?versions`);
  const found = [...list.matchAll(/<Key>([^<]+)<\/Key>\s*<VersionId>([^<]+)/g)];
  for (const [, key = '', version = ''] of found)
    await client.rest('s3', 'DELETE', `/${bucket}/${key}?versionId=${version}`);
  return found.length;
}
