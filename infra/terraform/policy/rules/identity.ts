import type { Plan } from '../read-plan.ts';
import { listOf, readPolicy, type Statement } from '../read-policy.ts';
import { type Fault, faultsOf, type PlanRule } from '../rule.ts';

const GRANTS = ['aws_iam_policy', 'aws_iam_role_policy'];

/** Actions that AWS gives no resource to name. Those that change something want a condition beside. */
const LOOK_WITHOUT_RESOURCE = [
  /^[\w-]+:(Describe|List)\w*$/,
  /^ssm:GetCommandInvocation$/,
  /^sts:GetCallerIdentity$/,
];
const CHANGE_WITHOUT_RESOURCE = [
  /^acm:RequestCertificate$/,
  /^cloudwatch:PutMetricData$/,
  /^kms:CreateKey$/,
];

export const identityRules: PlanRule[] = [
  {
    number: 38,
    title: 'Rights are named one by one, and lent to nobody else',
    findFaults: (plan) => [
      ...grants(
        plan,
        ({ actions }) => actions.some((action) => /^\*$|:\*$/.test(action)),
        'It grants all actions of a service.',
      ),
      ...grants(
        plan,
        isTooWide,
        'It grants on all resources what has a resource to name, or wants a condition.',
      ),
      ...faultsOf(
        plan,
        ['aws_iam_user_policy', 'aws_iam_user_policy_attachment', 'aws_iam_access_key'],
        () => false,
        'People and machines take roles; users have no rights and no keys.',
      ),
      ...faultsOf(
        plan,
        ['aws_iam_role'],
        (role) => readPolicy(role.text('assume_role_policy')).every(isExactTrust),
        'Its trust in an outside identity names no exact audience and subject.',
      ),
    ],
  },
  {
    number: 39,
    title: 'Keys turn and say who may use them; logs end; what is told and kept is encrypted',
    findFaults: (plan) => [
      ...faultsOf(
        plan,
        ['aws_kms_key'],
        (key) =>
          key.get('enable_key_rotation') === true && readPolicy(key.text('policy')).length > 0,
        'It does not turn, or has no policy of its own.',
      ),
      ...faultsOf(
        plan,
        ['aws_cloudwatch_log_group'],
        (group) => Number(group.get('retention_in_days')) > 0 && group.text('kms_key_id') !== '',
        'It wants retention_in_days and kms_key_id.',
      ),
      ...faultsOf(
        plan,
        ['aws_sns_topic'],
        (topic) => topic.text('kms_master_key_id') !== '',
        'It has no key.',
      ),
      ...faultsOf(
        plan,
        ['aws_secretsmanager_secret', 'aws_backup_vault', 'aws_cloudtrail'],
        (one) => one.text('kms_key_id') !== '' || one.text('kms_key_arn') !== '',
        'It has no key.',
      ),
      ...faultsOf(
        plan,
        ['aws_ssm_parameter'],
        (one) => one.text('type') !== 'SecureString' || one.text('key_id') !== '',
        'It has no key.',
      ),
    ],
  },
];

/** A fault at each grant with a statement of which something is true. */
function grants(plan: Plan, isBad: (statement: Statement) => boolean, message: string): Fault[] {
  return faultsOf(
    plan,
    GRANTS,
    (grant) =>
      !readPolicy(grant.text('policy')).some((one) => one.effect === 'Allow' && isBad(one)),
    message,
  );
}

function isTooWide({ actions, resources, condition }: Statement): boolean {
  if (!resources.includes('*')) return false;
  const hasCondition = Object.keys(condition).length > 0;
  const allowed = [...LOOK_WITHOUT_RESOURCE, ...(hasCondition ? CHANGE_WITHOUT_RESOURCE : [])];
  return actions.some((action) => !allowed.some((pattern) => pattern.test(action)));
}

function isExactTrust({ actions, condition }: Statement): boolean {
  if (!actions.includes('sts:AssumeRoleWithWebIdentity')) return true;
  if (Object.keys(condition).some((operator) => operator.startsWith('ForAllValues'))) return false;
  const exact = condition['StringEquals'] ?? {};
  const named = (suffix: string): string[] =>
    Object.entries(exact)
      .filter(([key]) => key.endsWith(suffix))
      .flatMap(([, value]) => listOf(value));
  const subjects = named(':sub');
  return (
    named(':aud').join() === 'sts.amazonaws.com' &&
    subjects.length > 0 &&
    subjects.every((subject) => !/[*?]/.test(subject))
  );
}
