import type { AuditEntry } from '../../store/store.ts';
import type { Caller } from '../exchange.ts';
import type { Services } from '../services.ts';

/** The record of a change; `before` and `after` are public shapes, with secrets masked. */
export function auditEntry(
  services: Pick<Services, 'ids' | 'clock'>,
  caller: Pick<Caller, 'principal' | 'address'>,
  change: { action: string; subjectId: string; before: unknown; after: unknown },
): AuditEntry {
  return {
    id: services.ids('aud'),
    at: services.clock.now(),
    actor: caller.principal?.id ?? 'system',
    address: caller.address,
    ...change,
  };
}
