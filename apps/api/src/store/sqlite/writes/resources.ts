import type { Database } from 'better-sqlite3';

import { GatewayError } from '../../../domain/errors.ts';
import type { Resource, ResourceKind, SubscriptionBody } from '../../../domain/resources.ts';
import { toResource } from '../../rows.ts';
import type { ResourceRow } from '../../rows.ts';
import type { WriteCommands } from '../commands.ts';
import type { Transaction } from '../transaction.ts';
import { createAudit } from './audit.ts';
import { createLines } from './lines.ts';

/** Prepares the statements that write configuration records, each together with its audit entry. */
export function createResourceWrites(database: Database) {
  const find = database.prepare<[string, string], ResourceRow>(
    'SELECT * FROM resources WHERE kind = ? AND id = ?',
  );
  const nameHolder = database
    .prepare<[string, string, string], string>(
      "SELECT id FROM resources WHERE kind = ? AND name = ? AND ifnull(parent_id, '') = ?",
    )
    .pluck();
  const idHolder = database.prepare('SELECT 1 FROM resources WHERE id = ?').pluck();
  const insert = database.prepare(
    'INSERT INTO resources (kind, id, parent_id, name, version, body, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?)',
  );
  const update = database.prepare(
    'UPDATE resources SET name = ?, version = version + 1, body = ?, updated_at = ? WHERE seq = ?',
  );
  const removeWithDescendants = database.prepare<[string], { kind: ResourceKind; id: string }>(
    `WITH RECURSIVE gone (id) AS (
       VALUES (?) UNION SELECT resources.id FROM resources JOIN gone ON resources.parent_id = gone.id
     )
     DELETE FROM resources WHERE id IN (SELECT id FROM gone) RETURNING kind, id`,
  );
  const raiseRevision = database.prepare(
    "UPDATE counters SET value = value + 1 WHERE name = 'resource_revision'",
  );
  const writeAudit = createAudit(database);
  const lines = createLines(database);

  function refuseTakenName(
    kind: ResourceKind,
    name: string | null,
    parentId: string | null,
    ownId: string,
  ): void {
    if (name === null) return;
    const holder = nameHolder.get(kind, name, parentId ?? '');
    if (holder !== undefined && holder !== ownId) {
      throw new GatewayError(
        'name_taken',
        `The name "${name}" is taken by another ${kind}; choose another.`,
      );
    }
  }

  function findExpected(
    kind: ResourceKind,
    id: string,
    expectedVersion: number | null,
  ): ResourceRow {
    const row = find.get(kind, id);
    if (!row) throw new GatewayError('not_found', `There is no ${kind} ${id}.`);
    if (expectedVersion !== null && row.version !== expectedVersion) {
      throw new GatewayError(
        'version_conflict',
        `The ${kind} has changed meanwhile (version ${row.version}, not ${expectedVersion}); read it again.`,
      );
    }
    return row;
  }

  function changed(transaction: Transaction, kind: ResourceKind, id: string): void {
    raiseRevision.run();
    transaction.changedResources.push([kind, id]);
  }

  function unblockUnlessBlocking(id: string, body: string, transaction: Transaction): void {
    const { onDeadLetter } = JSON.parse(body) as SubscriptionBody;
    if (onDeadLetter !== 'block') lines.unblock(id, transaction);
  }

  return {
    insertResource(
      { resource, audit }: WriteCommands['insertResource']['input'],
      transaction: Transaction,
    ): null {
      const { kind, id, parentId, name, version, createdAt, updatedAt } = resource;
      if (idHolder.get(id) !== undefined) {
        throw new GatewayError('conflict', `The id ${id} is in use already.`);
      }
      refuseTakenName(kind, name, parentId, id);
      insert.run(
        kind,
        id,
        parentId,
        name,
        version,
        JSON.stringify(resource.body),
        createdAt,
        updatedAt,
      );
      writeAudit(audit);
      changed(transaction, kind, id);
      return null;
    },
    updateResource(
      { change, audit }: WriteCommands['updateResource']['input'],
      transaction: Transaction,
    ): Resource {
      const row = findExpected(change.kind, change.id, change.expectedVersion);
      refuseTakenName(change.kind, change.name, row.parent_id, row.id);
      const body = JSON.stringify(change.body);
      update.run(change.name, body, change.at, row.seq);
      writeAudit(audit);
      changed(transaction, change.kind, change.id);
      if (change.kind === 'subscription') unblockUnlessBlocking(change.id, body, transaction);
      return toResource({
        ...row,
        name: change.name,
        version: row.version + 1,
        body,
        updated_at: change.at,
      });
    },
    deleteResource(
      { target, audit }: WriteCommands['deleteResource']['input'],
      transaction: Transaction,
    ): null {
      findExpected(target.kind, target.id, target.expectedVersion);
      for (const { kind, id } of removeWithDescendants.all(target.id)) {
        changed(transaction, kind, id);
        if (kind === 'subscription') lines.unblock(id, transaction);
      }
      writeAudit(audit);
      return null;
    },
  };
}
