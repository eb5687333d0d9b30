import type { PlanJson } from '../../../infra/terraform/policy/read-plan.ts';
import type { Checks } from './checks.ts';
import type { Root } from './open-root.ts';

const FLAGS = ['-input=false', '-parallelism=30'] as const;

/** Plans, keeps the plan, and applies that very plan, as the pipeline does. */
export async function change(
  root: Root,
  name: string,
  values: readonly string[],
  { check }: Checks,
): Promise<boolean> {
  return (
    (await check(`${name} is planned`, () => root.run('plan', '-out=plan', ...FLAGS, ...values))) &&
    (await check(`${name} is applied`, () => root.run('apply', ...FLAGS, 'plan')))
  );
}

/** Asks everything that is there again. */
export function checkEmptyPlan(
  root: Root,
  name: string,
  values: readonly string[],
  { check }: Checks,
): Promise<boolean> {
  return check(`${name} is planned again, and nothing is to be done`, () =>
    root.run('plan', '-detailed-exitcode', '-lock=false', ...FLAGS, ...values),
  );
}

export function destroy(
  root: Root,
  name: string,
  values: readonly string[],
  { check }: Checks,
): Promise<boolean> {
  return check(`${name} is destroyed`, () =>
    root.run('destroy', '-auto-approve', ...FLAGS, ...values),
  );
}

/** The plan of what was applied already, in which all values are known. */
export async function readPlanned(root: Root, values: readonly string[]): Promise<PlanJson> {
  await root.run('plan', '-out=known', '-lock=false', '-refresh=false', ...FLAGS, ...values);
  return JSON.parse((await root.run('show', '-json', 'known')).output) as PlanJson;
}

/** Arguments by which a root finds its state. */
export const backend = (bucket: string, region: string): string[] =>
  ['backend.hcl', `bucket=${bucket}`, `region=${region}`].map(
    (value) => `-backend-config=${value}`,
  );
