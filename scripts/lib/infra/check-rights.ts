import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedCall } from '../../../infra/terraform/emulator/call-log.ts';
import { permissionOf } from '../../../infra/terraform/emulator/permission-of.ts';
import { readPlan, type PlanJson } from '../../../infra/terraform/policy/read-plan.ts';
import { readPolicy } from '../../../infra/terraform/policy/read-policy.ts';
import type { Checks } from './checks.ts';

type Actions = Record<string, string[]>;

/** What everybody may ask. */
const FREE = new Set(['sts:GetCallerIdentity']);

/**
 * Holds the roles of the pipeline to the calls that were made: what planning and applying called is granted, and what is listed as called was.
 * Resources and conditions are not looked at.
 */
export async function checkRights(
  source: string,
  bootstrap: PlanJson,
  calls: readonly LoggedCall[],
  { count }: Checks,
): Promise<void> {
  const calledBy = (callers: readonly string[]): Set<string> =>
    new Set(calls.filter(({ caller }) => callers.includes(caller)).map(permissionOf));
  for (const [role, callers] of [
    ['plan', ['plan']],
    ['apply', ['plan', 'apply']],
  ] as const) {
    const granted = grantedTo(bootstrap, role);
    const missing = [...calledBy(callers)].filter((one) => !granted.has(one) && !FREE.has(one));
    count(`the role ${role} may do what it must`, missing.length === 0, missing.sort().join('\n'));
  }
  const text = await readFile(join(source, 'bootstrap/permissions.json'), 'utf8');
  const { look, change } = JSON.parse(text) as { look: Actions; change: Actions };
  const called = calledBy(['plan', 'apply']);
  const idle = [look, change]
    .flatMap((actions) => Object.entries(actions))
    .flatMap(([service, names]) => names.map((name) => `${service}:${name}`))
    .filter((permission) => !called.has(permission));
  count('the roles may do no more than was called', idle.length === 0, idle.join('\n'));
}

function grantedTo(bootstrap: PlanJson, role: string): Set<string> {
  const policies = readPlan(bootstrap)
    .ofType('aws_iam_policy')
    .filter(({ address }) => address.startsWith(`aws_iam_policy.pipeline["${role}-`));
  return new Set(
    policies
      .flatMap((policy) => readPolicy(policy.text('policy')))
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ actions }) => actions),
  );
}
