import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { openClient } from '../../../infra/terraform/emulator/open-client.ts';
import { startEmulator, type Emulator } from '../../../infra/terraform/emulator/start-emulator.ts';
import { findOnPath } from '../find-on-path.ts';
import type { Terraform } from '../find-terraform.ts';
import { checkAlarms } from './check-alarms.ts';
import { checkRights } from './check-rights.ts';
import { checkRules, type Plans } from './check-rules.ts';
import type { Checks } from './checks.ts';
import { findLeftovers } from './find-leftovers.ts';
import { openRoot, type Root } from './open-root.ts';
import { runProduction } from './run-production.ts';
import { runShared } from './run-shared.ts';

/**
 * Applies the committed roots to an emulator and destroys them, and holds plans, roles and calls to their rules.
 * @param source infra/terraform, of which a copy is made in the folder of `terraform`
 */
export async function runCycle(
  terraform: Terraform,
  source: string,
  checks: Checks,
): Promise<void> {
  const moto = await findOnPath('moto_server');
  const explanation = 'There is no moto_server on the path: pip install "moto[server]==5.2.1".';
  if (!checks.count('there is an emulator', moto !== null, explanation) || moto === null) return;
  const copy = join(terraform.folder, 'cycle');
  await cp(source, copy, {
    recursive: true,
    filter: (path) => !path.includes('/.terraform') || path.endsWith('.terraform.lock.hcl'),
  });
  const emulator = await startEmulator(moto, terraform.folder);
  try {
    await liveThroughAll(terraform, copy, emulator, checks);
  } finally {
    await emulator.close();
  }
}

async function liveThroughAll(
  terraform: Terraform,
  copy: string,
  emulator: Emulator,
  checks: Checks,
): Promise<void> {
  const client = openClient(emulator.url, 'eu-central-1');
  const plans: Plans = new Map();
  // The log knows callers by their keys.
  const open = (folder: string, caller: string): Root =>
    openRoot(terraform, join(copy, folder), {
      ...emulator.env,
      AWS_ACCESS_KEY_ID: caller,
      TF_VAR_origin_secret: 'emulated0123456789emulated0123456789',
    });
  const production = 'environments/production';
  await Promise.all([
    runProduction(
      {
        apply: open(production, 'apply'),
        plan: open(production, 'plan'),
        client,
        log: emulator.log,
      },
      plans,
      checks,
    ),
    runShared(open('bootstrap', 'admin'), open('account', 'admin'), client, plans, checks),
  ]);
  const left = await findLeftovers(client, 'signalbox-');
  checks.count('nothing is left', left.length === 0, left.join('\n'));
  checkCalls(emulator, checks);
  await checkRules(copy, plans, checks);
  checkAlarms(plans, checks);
  const bootstrap = plans.get('bootstrap');
  const environments: Plans = new Map(
    [...plans].filter(([name]) => name !== 'bootstrap' && name !== 'account'),
  );
  if (bootstrap) await checkRights(copy, bootstrap, environments, emulator.log.calls, checks);
}

function checkCalls({ log }: Emulator, { count }: Checks): void {
  const unknown = log.calls.filter(({ known }) => !known);
  const names = new Set(unknown.map(({ service, action }) => `${service}:${action}`));
  count('the emulator knows every call', names.size === 0, [...names].join('\n'));
  const kinds = new Set(log.calls.map(({ service, action }) => `${service}:${action}`));
  console.log(`       ${log.calls.length} calls of ${kinds.size} kinds were made`);
}
