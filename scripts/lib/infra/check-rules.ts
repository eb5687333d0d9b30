import {
  excuse,
  findInPlan,
  findInSources,
  PLAN_RULES,
  SOURCE_RULES,
} from '../../../infra/terraform/policy/apply-rules.ts';
import { EXCEPTIONS, type Exception } from '../../../infra/terraform/policy/exceptions.ts';
import { readPlan, type PlanJson } from '../../../infra/terraform/policy/read-plan.ts';
import { readSources } from '../../../infra/terraform/policy/read-sources.ts';
import type { Finding } from '../../../infra/terraform/policy/rule.ts';
import type { Checks } from './checks.ts';

/** Plans of what is there, by what they are called. */
export type Plans = Map<string, PlanJson>;

/** Holds sources and plans to the forty rules, but for what is excused with a reason. */
export async function checkRules(source: string, plans: Plans, checks: Checks): Promise<void> {
  const used = new Set<Exception>();
  const count = (
    where: string,
    rules: readonly { number: number; title: string }[],
    findings: readonly Finding[],
  ): void => {
    const excused = excuse(findings, EXCEPTIONS);
    for (const exception of excused.used) used.add(exception);
    for (const { number, title } of rules) {
      const broken = excused.left.filter(({ rule }) => rule === number);
      const lines = broken.map(({ at, message }) => `${at}: ${message}`);
      checks.count(`rule ${number}, ${where}: ${title}`, broken.length === 0, lines.join('\n'));
    }
  };
  count('sources', SOURCE_RULES, findInSources(await readSources(source)));
  for (const [name, plan] of plans) count(name, PLAN_RULES, findInPlan(readPlan(plan)));
  const unused = EXCEPTIONS.filter((exception) => !used.has(exception));
  const lines = unused.map(({ rule, at }) => `rule ${rule} at ${String(at)}`);
  checks.count('every exception is needed', unused.length === 0, lines.join('\n'));
}
