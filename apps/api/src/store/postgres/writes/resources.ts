import { GatewayError } from '../../../domain/errors.ts';
import type {
  Resource,
  ResourceBodies,
  ResourceKind,
  SubscriptionBody,
} from '../../../domain/resources.ts';
import { stateCode } from '../../codes.ts';
import { toResource } from '../../rows.ts';
import type { ResourceRow } from '../../rows.ts';
import type { AuditEntry } from '../../store.ts';
import { isNameTaken } from '../failures.ts';
import type { Work } from '../write-session.ts';
import { writeAudit } from './audit.ts';
import { lockLines, moveLines } from './lines.ts';

export interface ResourceChange {
  kind: ResourceKind;
  id: string;
  expectedVersion: number | null;
  name: string | null;
  body: ResourceBodies[ResourceKind];
  at: number;
}

/** @throws GatewayError `conflict` when the id is in use, `name_taken` */
export async function insertResource(
  work: Work,
  resource: Resource,
  audit: AuditEntry,
): Promise<void> {
  const { kind, id, parentId, name, version, body, createdAt, updatedAt } = resource;
  const rows = await orNameTaken(kind, name, () =>
    work.query(
      `INSERT INTO resources (kind, id, parent_id, name, version, body, created_at, updated_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
       ON CONFLICT (id) DO NOTHING RETURNING seq`,
      [kind, id, parentId, name, version, JSON.stringify(body), createdAt, updatedAt],
    ),
  );
  if (rows.length === 0) throw new GatewayError('conflict', `The id ${id} is in use already.`);
  noteChange(work, kind, id);
  writeAudit(work.post, audit);
}

/** @throws GatewayError `not_found`, `version_conflict`, `name_taken` */
export async function updateResource(
  work: Work,
  change: ResourceChange,
  audit: AuditEntry,
): Promise<Resource> {
  await lockExpected(work, change.kind, change.id, change.expectedVersion);
  const body = JSON.stringify(change.body);
  const [row] = await orNameTaken(change.kind, change.name, () =>
    work.query<ResourceRow>(
      'UPDATE resources SET name = $2, version = version + 1, body = $3, updated_at = $4 WHERE id = $1 RETURNING *',
      [change.id, change.name, body, change.at],
    ),
  );
  if (!row) throw new Error('A locked record was not updated.');
  noteChange(work, change.kind, change.id);
  if (
    change.kind === 'subscription' &&
    (change.body as SubscriptionBody).onDeadLetter !== 'block'
  ) {
    await unblock(work, change.id);
  }
  writeAudit(work.post, audit);
  return toResource(row);
}

/** Deletes a record with its descendants. @throws GatewayError `not_found`, `version_conflict` */
export async function deleteResource(
  work: Work,
  target: { kind: ResourceKind; id: string; expectedVersion: number | null },
  audit: AuditEntry,
): Promise<void> {
  await lockExpected(work, target.kind, target.id, target.expectedVersion);
  const gone = await work.query<{ kind: ResourceKind; id: string }>(
    `WITH RECURSIVE gone (id) AS (
       SELECT id FROM resources WHERE id = $1 UNION SELECT resources.id FROM resources JOIN gone ON resources.parent_id = gone.id
     )
     DELETE FROM resources WHERE id IN (SELECT id FROM gone) RETURNING kind, id`,
    [target.id],
  );
  for (const { kind, id } of gone) {
    noteChange(work, kind, id);
    if (kind === 'subscription') await unblock(work, id);
  }
  writeAudit(work.post, audit);
}

async function lockExpected(
  { query }: Work,
  kind: ResourceKind,
  id: string,
  expectedVersion: number | null,
): Promise<void> {
  const [row] = await query<{ version: number }>(
    'SELECT version FROM resources WHERE kind = $1 AND id = $2 FOR UPDATE',
    [kind, id],
  );
  if (!row) throw new GatewayError('not_found', `There is no ${kind} ${id}.`);
  if (expectedVersion !== null && row.version !== expectedVersion) {
    throw new GatewayError(
      'version_conflict',
      `The ${kind} has changed meanwhile (version ${row.version}, not ${expectedVersion}); read it again.`,
    );
  }
}

async function orNameTaken<T>(
  kind: ResourceKind,
  name: string | null,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isNameTaken(error)) throw error;
    throw new GatewayError(
      'name_taken',
      `The name "${name ?? ''}" is taken by another ${kind}; choose another.`,
    );
  }
}

function noteChange({ post, journal }: Work, kind: ResourceKind, id: string): void {
  post("UPDATE counters SET value = value + 1 WHERE name = 'resource_revision'");
  journal.changedResources.push([kind, id]);
}

const BLOCKERS = `
SELECT seq, subscription_id AS "subscriptionId", ordering_key AS "orderingKey" FROM deliveries
WHERE subscription_id = $1 AND turn IS NOT NULL AND state = ${stateCode('dead')} ORDER BY place`;

/** A subscription blocks no more: its dead letters leave their lines. */
async function unblock(work: Work, subscriptionId: string): Promise<void> {
  const find = () =>
    work.query<{ seq: number; subscriptionId: string; orderingKey: string }>(BLOCKERS, [
      subscriptionId,
    ]);
  const found = await find();
  if (found.length === 0) return;
  await lockLines(work.query, found);
  // One may have been retried before its line was ours.
  const blockers = await find();
  work.journal.updatedDeliveries.push(...blockers.map(({ seq }) => seq));
  await moveLines(
    work,
    blockers.map(({ seq }) => ({ seq, step: 'ended' })),
  );
}
