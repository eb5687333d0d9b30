import type { Delivery } from '../domain/delivery.ts';
import type { EventRecord, EventSummary } from '../domain/event.ts';
import type { Resource, ResourceKind } from '../domain/resources.ts';
import type { Alert } from '../domain/alert.ts';
import { toAlert } from './alert-rows.ts';
import type { AlertRow } from './alert-rows.ts';
import { toJob } from './job-rows.ts';
import type { JobRow } from './job-rows.ts';
import type { ListShape } from './paging.ts';
import { toAuditEntry, toDelivery, toEvent, toEventSummary, toResource } from './rows.ts';
import type {
  AuditRow,
  EventRow,
  EventSummaryRow,
  JoinedDeliveryRow,
  ResourceRow,
} from './rows.ts';
import type { AuditEntry, Job } from './store.ts';

/* The lists of every engine. All are read newest first. */

export const eventList: ListShape<EventSummaryRow, EventSummary> = {
  name: 'events',
  positionOf: (row) => ({ at: row.received_at, seq: row.seq }),
  toItem: toEventSummary,
};

export const fullEventList: ListShape<EventRow, EventRecord> = {
  name: 'full-events',
  positionOf: eventList.positionOf,
  toItem: toEvent,
};

export const deliveryList: ListShape<JoinedDeliveryRow, Delivery> = {
  name: 'deliveries',
  positionOf: byCreation,
  toItem: toDelivery,
};

export const auditList: ListShape<AuditRow, AuditEntry> = {
  name: 'audit',
  positionOf: (row) => ({ at: row.at, seq: row.seq }),
  toItem: toAuditEntry,
};

export const alertList: ListShape<AlertRow, Alert> = {
  name: 'alerts',
  positionOf: (row) => ({ at: row.raised_at, seq: row.seq }),
  toItem: toAlert,
};

export const jobList: ListShape<JobRow, Job> = {
  name: 'jobs',
  positionOf: byCreation,
  toItem: toJob,
};

export function resourceList(kind: ResourceKind): ListShape<ResourceRow, Resource> {
  return { name: `resources/${kind}`, positionOf: byCreation, toItem: toResource };
}

function byCreation(row: { created_at: number; seq: number }): { at: number; seq: number } {
  return { at: row.created_at, seq: row.seq };
}
