import type { AlertRow } from './alert-rows.ts';
import type { JobRow } from './job-rows.ts';
import type { AuditRow, DeliveryRow, EventRow, ResourceRow } from './rows.ts';

/** The tables that lists read, as the query builder sees them. */
export interface ListTables {
  events: EventRow;
  deliveries: DeliveryRow;
  resources: ResourceRow;
  audit: AuditRow;
  jobs: JobRow;
  alerts: AlertRow;
}

/** SQL text with its parameters, to be run by an engine's driver. */
export interface CompiledList {
  sql: string;
  parameters: readonly unknown[];
}
