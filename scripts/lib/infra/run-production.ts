import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallLog } from '../../../infra/terraform/emulator/call-log.ts';
import type { Client } from '../../../infra/terraform/emulator/open-client.ts';
import type { Plans } from './check-rules.ts';
import type { Checks } from './checks.ts';
import { checkOutputs } from './check-outputs.ts';
import { backend, change, checkEmptyPlan, destroy, readPlanned } from './live-through.ts';
import type { Root } from './open-root.ts';

const REGION = 'eu-central-1';
const STATE_BUCKET = 'made-by-hand-for-the-state';
const BACKUPS = 'signalbox-production-123456789012-backups';

/** A public half; the private one was thrown away. */
const KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbCfqMQtqaOmnxEBdoWIcKmd5ErdGH5/qfkzaCALrKE operations@example.com';
const DOMAIN = 'signalbox.example.com';

/** What people change while it runs. */
const LARGER_BOX = values({
  alarm_emails: ['operations@example.com'],
  alarm_thresholds: { disk_percent: 75 },
  instance: { type: 't3.small', data_gb: 24 },
  network: { cidr: '10.22.0.0/16' },
  retention: { log_days: 30, access_log_days: 90, backup_days: 40, snapshot_count: 15 },
});
const LARGER_FLEET = {
  alarm_emails: ['operations@example.com'],
  instances: { type: 't3.medium', min: 2, max: 8 },
  database: {
    class: 'db.t4g.medium',
    storage_gb: 60,
    max_gb: 500,
    backup_days: 21,
    two_zones: true,
  },
  cache: { type: 'cache.t4g.small', nodes: 2 },
};

export interface Production {
  /** The same folder, for those who change and those who only look. */
  apply: Root;
  plan: Root;
  client: Client;
  log: CallLog;
}

/** The committed production as a box, changed by hand, as a fleet, as a box again, and gone. */
export async function runProduction(
  { apply, plan, client, log }: Production,
  plans: Plans,
  checks: Checks,
): Promise<void> {
  await client.rest('s3', 'PUT', `/${STATE_BUCKET}`, bucketIn(REGION));
  const init = ['-input=false', '-lockfile=readonly', ...backend(STATE_BUCKET, REGION)];
  if (!(await checks.check('production initialises', () => apply.run('init', ...init)))) return;

  const applied = change(apply, 'the box as committed', [], checks);
  if (!(await checkLock(apply, log, applied, checks))) return;
  await checkEmptyPlan(plan, 'the box as committed', [], checks);
  await checkOutputs(apply, client, 'box', checks);
  plans.set('box', await readPlanned(apply, []));

  await client.rest('s3', 'DELETE', `/${BACKUPS}?publicAccessBlock`);
  const { code, output } = await plan.run(
    'plan',
    '-detailed-exitcode',
    '-input=false',
    '-lock=false',
  );
  const drifted = 'module.storage.aws_s3_bucket_public_access_block.this["backups"]';
  checks.count('a change by hand is found', code === 2 && output.includes(drifted), output);

  if (!(await change(apply, 'a larger box', LARGER_BOX, checks))) return;
  await checkEmptyPlan(plan, 'the larger box', LARGER_BOX, checks);

  // As committed production is protected; to become a fleet, or to go, it must not be.
  const fleet = values({ shape: 'fleet', protected: false });
  if (!(await change(apply, 'the fleet', fleet, checks))) return;
  await checkEmptyPlan(plan, 'the fleet', fleet, checks);
  await checkOutputs(apply, client, 'fleet', checks);
  // As production is: protected.
  plans.set('fleet', await readPlanned(apply, values({ shape: 'fleet' })));

  const zone = await makeZone(client);
  const found = { ssh: { public_key: KEY }, domain: { name: DOMAIN, zone_id: zone } };
  const larger = { ...found, ...LARGER_FLEET, shape: 'fleet' };
  const largerFleet = values({ ...larger, protected: false });
  await changeEdge(apply.folder);
  if (!(await change(apply, 'a larger fleet with a domain', largerFleet, checks))) return;
  await checkEmptyPlan(plan, 'the larger fleet', largerFleet, checks);
  plans.set('larger fleet', await readPlanned(apply, values(larger)));

  const box = values({ ...found, protected: false });
  if (!(await change(apply, 'the box again', box, checks))) return;
  await checkEmptyPlan(plan, 'the box again', box, checks);
  await checkOutputs(apply, client, 'box', checks);
  await destroy(apply, 'production', box, checks);
  await client.rest('route53', 'DELETE', `/2013-04-01/hostedzone/${zone}`);
}

/** Somebody's zone, which Terraform writes records into. */
async function makeZone(client: Client): Promise<string> {
  const request = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>example.com</Name><CallerReference>test</CallerReference></CreateHostedZoneRequest>`;
  const [, answer] = await client.rest('route53', 'POST', '/2013-04-01/hostedzone', request);
  return /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(answer)?.[1] ?? '';
}

/** A changed function and a changed header at the edge, as a later version of the module brings them. */
async function changeEdge(production: string): Promise<void> {
  const cdn = join(production, '../../modules/cdn');
  await appendFile(join(cdn, 'functions/single-page.js'), '\n// Changed.\n');
  const main = join(cdn, 'main.tf');
  await writeFile(main, (await readFile(main, 'utf8')).replaceAll('= 31536000', '= 63072000'));
}

/** While one change holds the state, another is refused and told who holds it. */
async function checkLock(
  root: Root,
  log: CallLog,
  applied: Promise<boolean>,
  { count }: Checks,
): Promise<boolean> {
  const begun = log.next(({ service, action }) => service === 'ec2' && action === 'CreateVpc');
  const failed = applied.then((holds) => (holds ? begun : null));
  if ((await Promise.race([begun, failed])) === null) return false;
  const { code, output } = await root.run('plan', '-input=false');
  const refused = code === 1 && output.includes('Error acquiring the state lock');
  count('the state is locked while it is changed', refused, output);
  return applied;
}

/** Arguments that set variables. */
function values(variables: Record<string, unknown>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => [
    '-var',
    `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);
}

const bucketIn = (region: string): string =>
  `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
