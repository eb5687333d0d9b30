import type { Alert, NewAlert } from '../../domain/alert.ts';
import type { AuditEntry } from '../store.ts';

/** The write commands of alerts, each with its input and its output. */
export interface AlertCommands {
  raiseAlert: { input: NewAlert; output: { alert: Alert; isNew: boolean } };
  resolveAlert: { input: { id: string; at: number }; output: Alert | null };
  acknowledgeAlert: {
    input: { id: string; by: string; at: number; audit: AuditEntry };
    output: Alert;
  };
  claimTurn: { input: { name: string; turn: number }; output: boolean };
}
