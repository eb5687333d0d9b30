import type { Exception } from './exceptions.ts';
import type { Plan } from './read-plan.ts';
import type { Source } from './read-sources.ts';
import type { Finding, PlanRule, SourceRule } from './rule.ts';
import { computeRules } from './rules/compute.ts';
import { edgeRules } from './rules/edge.ts';
import { identityRules } from './rules/identity.ts';
import { monitoringRules } from './rules/monitoring.ts';
import { networkRules } from './rules/network.ts';
import { sourceRules } from './rules/source.ts';
import { storageRules } from './rules/storage.ts';
import { storeRules } from './rules/stores.ts';

export const PLAN_RULES: PlanRule[] = [
  ...networkRules,
  ...computeRules,
  ...storageRules,
  ...edgeRules,
  ...storeRules,
  ...identityRules,
  ...monitoringRules,
].sort((a, b) => a.number - b.number);

export const SOURCE_RULES: SourceRule[] = sourceRules;

/** Faults of a plan by rule. */
export function findInPlan(plan: Plan): Finding[] {
  return PLAN_RULES.flatMap(({ number, findFaults }) =>
    findFaults(plan).map((fault) => ({ rule: number, ...fault })),
  );
}

export function findInSources(sources: readonly Source[]): Finding[] {
  return SOURCE_RULES.flatMap(({ number, findFaults }) =>
    findFaults(sources).map((fault) => ({ rule: number, ...fault })),
  );
}

/** Without what is excused; the excuses that were used are told apart. */
export function excuse(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
): { left: Finding[]; used: Set<Exception> } {
  const used = new Set<Exception>();
  const left = findings.filter((finding) => {
    const exception = exceptions.find(
      ({ rule, at, message }) =>
        rule === finding.rule && at.test(finding.at) && message.test(finding.message),
    );
    if (exception) used.add(exception);
    return exception === undefined;
  });
  return { left, used };
}
