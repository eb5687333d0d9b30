import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedCall } from '../../../infra/terraform/emulator/call-log.ts';
import { permissionsOf } from '../../../infra/terraform/emulator/permissions-of.ts';
import { readPlan, type PlanJson } from '../../../infra/terraform/policy/read-plan.ts';
import { readPolicy, type Statement } from '../../../infra/terraform/policy/read-policy.ts';
import { UPDATE_RIGHTS } from '../../../infra/terraform/policy/update-rights.ts';
import type { Plans } from './check-rules.ts';
import type { Checks } from './checks.ts';

type Actions = Record<string, string[]>;

/** What everybody may ask. */
const FREE = new Set(['sts:GetCallerIdentity']);

/**
 * Holds the roles of the pipeline to the calls that were made: what planning and applying called is granted, and what is listed as called was.
 * What was made can be changed in place, whether this life changed it or not.
 * Conditions are not looked at, and of resources only which parameters are read.
 */
export async function checkRights(
  source: string,
  bootstrap: PlanJson,
  environments: Plans,
  calls: readonly LoggedCall[],
  { count }: Checks,
): Promise<void> {
  const calledBy = (callers: readonly string[]): Set<string> =>
    new Set(calls.filter(({ caller }) => callers.includes(caller)).flatMap(permissionsOf));
  for (const [role, callers] of [
    ['plan', ['plan']],
    ['apply', ['plan', 'apply']],
  ] as const) {
    const granted = grantedTo(bootstrap, role);
    const missing = [...calledBy(callers)].filter((one) => !granted.has(one) && !FREE.has(one));
    count(`the role ${role} may do what it must`, missing.length === 0, missing.sort().join('\n'));
  }
  const text = await readFile(join(source, 'bootstrap/permissions.json'), 'utf8');
  const { look, change, update } = JSON.parse(text) as Record<
    'look' | 'change' | 'update',
    Actions
  >;
  const called = calledBy(['plan', 'apply']);
  const idle = [...namesIn(look), ...namesIn(change)].filter((one) => !called.has(one));
  count('the roles may do no more than was called', idle.length === 0, idle.join('\n'));
  checkUpdates(namesIn(update), grantedTo(bootstrap, 'apply'), environments, count);
  const parameters = grantsTo(bootstrap, 'plan')
    .filter(({ actions }) => actions.includes('ssm:GetParameter'))
    .flatMap(({ resources }) => resources);
  count(
    'the role plan reads no parameter but the origin secrets',
    parameters.every((one) => one.endsWith('/origin-secret')),
    parameters.join('\n'),
  );
}

/** What environments are made of can be changed in place, and no right to do so is left over. */
function checkUpdates(
  listed: readonly string[],
  granted: ReadonlySet<string>,
  environments: Plans,
  count: Checks['count'],
): void {
  const types = new Set([...environments.values()].flatMap((plan) => typesIn(plan)));
  const unknown = [...types].filter((type) => !(type in UPDATE_RIGHTS));
  count('how everything is changed in place is known', unknown.length === 0, unknown.join('\n'));
  const wanted = new Set([...types].flatMap((type) => UPDATE_RIGHTS[type] ?? []));
  const missing = [...wanted].filter((one) => !granted.has(one));
  count('the role apply may change all in place', missing.length === 0, missing.sort().join('\n'));
  const idle = listed.filter((one) => !wanted.has(one));
  count('each right to change in place is wanted', idle.length === 0, idle.join('\n'));
}

const typesIn = (plan: PlanJson): string[] =>
  readPlan(plan)
    .resources.map(({ type }) => type)
    .filter((type) => type.startsWith('aws_'));

const namesIn = (actions: Actions): string[] =>
  Object.entries(actions).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));

function grantsTo(bootstrap: PlanJson, role: string): Statement[] {
  return readPlan(bootstrap)
    .ofType('aws_iam_policy')
    .filter(({ address }) => address.startsWith(`aws_iam_policy.pipeline["${role}-`))
    .flatMap((policy) => readPolicy(policy.text('policy')))
    .filter(({ effect }) => effect === 'Allow');
}

const grantedTo = (bootstrap: PlanJson, role: string): Set<string> =>
  new Set(grantsTo(bootstrap, role).flatMap(({ actions }) => actions));
