import type { Handlers } from '../call.ts';
import { instanceRefreshes, scalingPolicies, warmUps } from './autoscaling.ts';
import { budgetSubscribers } from './budgets.ts';
import { distributions } from './cloudfront-distributions.ts';
import { edgeFunctions } from './cloudfront-functions.ts';
import { headersPolicies } from './cloudfront-policies.ts';
import { trailsByArn } from './cloudtrail.ts';
import { lifecyclePolicies } from './dlm.ts';
import { detailedMonitoring } from './ec2-monitoring.ts';
import { launchTemplates } from './ec2-launch-templates.ts';
import { terminationProtection } from './ec2-protection.ts';
import { ruleDescriptions } from './ec2-rules.ts';
import { cacheSubnetGroups } from './elasticache.ts';
import { replicationGroups } from './elasticache-groups.ts';
import { databaseParameters } from './rds.ts';
import { bucketPolicies } from './s3-bucket-policies.ts';
import { deletions } from './s3-deletions.ts';

/** All that the gateway answers itself, or changes on its way back from moto. What is remembered is remembered here alone. */
export function answerHandlers(): Handlers {
  const policies = headersPolicies();
  const functions = edgeFunctions();
  return {
    ...policies.handlers,
    ...functions.handlers,
    ...distributions(policies, functions),
    ...lifecyclePolicies(),
    ...detailedMonitoring(),
    ...launchTemplates(),
    ...terminationProtection(),
    ...ruleDescriptions(),
    ...scalingPolicies(),
    ...warmUps(),
    ...instanceRefreshes(),
    ...databaseParameters(),
    ...replicationGroups(),
    ...cacheSubnetGroups(),
    ...bucketPolicies(),
    ...deletions(),
    ...trailsByArn(),
    ...budgetSubscribers(),
  };
}
