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

/** As committed production is protected; to become a fleet, or to go, it must not be. */
const FLEET = ['-var', 'shape=fleet', '-var', 'protected=false'];
const BOX = ['-var', 'protected=false'];

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

  if (!(await change(apply, 'the fleet', FLEET, checks))) return;
  await checkEmptyPlan(plan, 'the fleet', FLEET, checks);
  await checkOutputs(apply, client, 'fleet', checks);
  // As production is: protected.
  plans.set('fleet', await readPlanned(apply, ['-var', 'shape=fleet']));

  if (!(await change(apply, 'the box again', BOX, checks))) return;
  await checkEmptyPlan(plan, 'the box again', BOX, checks);
  await checkOutputs(apply, client, 'box', checks);
  await destroy(apply, 'production', BOX, checks);
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

const bucketIn = (region: string): string =>
  `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
