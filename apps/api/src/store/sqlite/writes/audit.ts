import type { Database } from 'better-sqlite3';

import type { AuditEntry } from '../../store.ts';

/** Prepares the statement that adds to the audit log. */
export function createAudit(database: Database): (entry: AuditEntry) => void {
  const insert = database.prepare(
    'INSERT INTO audit (id, at, actor, action, subject_id, address, before, after) VALUES (?,?,?,?,?,?,?,?)',
  );
  return (entry) => {
    insert.run(
      entry.id,
      entry.at,
      entry.actor,
      entry.action,
      entry.subjectId,
      entry.address,
      toJson(entry.before),
      toJson(entry.after),
    );
  };
}

// `undefined` has no JSON form.
function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
