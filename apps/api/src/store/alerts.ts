import type { Alert, AlertCode, AlertSeverity, NewAlert } from '../domain/alert.ts';
import type { AuditEntry } from './configuration.ts';
import type { Page, PageRequest } from './reading.ts';

/** Filters are ANDed; the values of one filter are ORed. Absent or empty: not filtered. */
export interface AlertFilter {
  state?: 'open' | 'resolved';
  ruleId?: readonly string[];
  code?: readonly AlertCode[];
  severity?: readonly AlertSeverity[];
  targetId?: readonly string[];
  sourceId?: readonly string[];
}

/** Alerts outlive the processes that raise them. Each change of one is a change of the feed: `alert.raised` or `alert.updated`. */
export interface AlertStore {
  /**
   * Raises an alert, unless one with the same key is open: then that one has one more occurrence, and keeps everything else. Two
   * processes that raise the same at once make one alert.
   */
  raiseAlert(alert: NewAlert): Promise<{ alert: Alert; isNew: boolean }>;
  /** The condition has ended. Null: there is no such open alert. */
  resolveAlert(id: string, at: number): Promise<Alert | null>;
  /** A person has seen it; the first one stands. Rejects with `not_found`, or with `conflict` when it was acknowledged before. */
  acknowledgeAlert(id: string, by: string, at: number, audit: AuditEntry): Promise<Alert>;
  getAlert(id: string): Promise<Alert | null>;
  /** Those that are open, oldest first, at most 1,000. */
  openAlerts(): Promise<Alert[]>;
  /** Newest first. */
  listAlerts(filter: AlertFilter, page: PageRequest): Promise<Page<Alert>>;
  /**
   * True for the first process that asks for this turn of a name, or for a later one; false for all that come after it. So that work
   * that recurs is done by one process each time, without anybody being its owner.
   */
  claimTurn(name: string, turn: number): Promise<boolean>;
}
