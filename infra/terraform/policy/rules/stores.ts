import type { Plan, Resource } from '../read-plan.ts';
import { type Fault, faultsOf, type PlanRule } from '../rule.ts';

/** What each must have, and how to say that it does not. */
type Demand = [message: string, holds: (resource: Resource, plan: Plan) => boolean];

const DATABASE: Demand[] = [
  ['It is not encrypted.', (one) => one.get('storage_encrypted') === true],
  ['It is public.', (one) => one.get('publicly_accessible') === false],
  [
    'Backups are kept for less than 7 days.',
    (one) => Number(one.get('backup_retention_period')) >= 7,
  ],
  ['Nobody can log in by IAM.', (one) => one.get('iam_database_authentication_enabled') === true],
  ['Its parameters do not force TLS.', forcesTls],
  ['Minor upgrades are off.', (one) => one.get('auto_minor_version_upgrade') === true],
  ['No logs are exported.', (one) => one.list('enabled_cloudwatch_logs_exports').length > 0],
  [
    'In production it wants deletion_protection.',
    (one, plan) => !plan.isProduction || one.get('deletion_protection') === true,
  ],
  [
    'In production it wants multi_az.',
    (one, plan) => !plan.isProduction || one.get('multi_az') === true,
  ],
  ['Its password is in the state.', (one) => one.get('manage_master_user_password') === true],
];

const CACHE: Demand[] = [
  [
    'It is not encrypted in transit.',
    (one) => String(one.get('transit_encryption_enabled')) === 'true',
  ],
  [
    'It is not encrypted at rest.',
    (one) => String(one.get('at_rest_encryption_enabled')) === 'true',
  ],
  [
    'In production it wants automatic_failover_enabled.',
    (one, plan) => !plan.isProduction || one.get('automatic_failover_enabled') === true,
  ],
  ['No snapshots are kept.', (one) => Number(one.get('snapshot_retention_limit')) >= 1],
];

export const storeRules: PlanRule[] = [
  {
    number: 37,
    title: 'Database and cache are encrypted, private, kept and protected',
    findFaults: (plan) => [
      ...demand(plan, 'aws_db_instance', DATABASE),
      ...demand(plan, 'aws_elasticache_replication_group', CACHE),
    ],
  },
];

function demand(plan: Plan, type: string, demands: readonly Demand[]): Fault[] {
  return demands.flatMap(([message, holds]) =>
    faultsOf(plan, [type], (resource) => holds(resource, plan), message),
  );
}

function forcesTls(database: Resource, plan: Plan): boolean {
  const group = plan
    .ofType('aws_db_parameter_group')
    .find((one) => one.get('name') === database.get('parameter_group_name'));
  return (group?.list('parameter') ?? []).some((parameter) => {
    const { name, value } = parameter as { name: string; value: string };
    return name === 'rds.force_ssl' && value === '1';
  });
}
