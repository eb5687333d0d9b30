import type { AuditEntry } from '../../store.ts';
import type { Post } from '../pool.ts';

/** Adds to the audit log, in the transaction of what the entry speaks of. */
export function writeAudit(post: Post, entry: AuditEntry): void {
  post(
    'INSERT INTO audit (id, at, actor, action, subject_id, address, before, after) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)',
    [
      entry.id,
      entry.at,
      entry.actor,
      entry.action,
      entry.subjectId,
      entry.address,
      toJson(entry.before),
      toJson(entry.after),
    ],
  );
}

// `undefined` has no JSON form.
function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
