import { toWireTime } from '../../contract/from-domain.ts';
import type { Replay, ReplaySummary } from '../../contract/replays.ts';
import type { DeliveryState } from '../../domain/delivery-states.ts';
import type { Job, JobTask } from '../../store/store.ts';

/** A job as lists carry it. */
export function showReplaySummary(job: Job): ReplaySummary {
  const { task } = job;
  return {
    id: job.id,
    kind: task.kind,
    state: job.state,
    filter: showFilter(task.filter),
    destination: task.kind === 'replay' ? showDestination(task.destination) : null,
    ratePerSecond: job.ratePerSecond,
    expected: job.expected,
    scanned: job.scanned,
    made: job.made,
    waitingFor: job.waitingFor,
    failure: job.failure,
    createdBy: job.createdBy,
    createdAt: toWireTime(job.createdAt),
    updatedAt: toWireTime(job.updatedAt),
    finishedAt: job.finishedAt === null ? null : toWireTime(job.finishedAt),
  };
}

/** A job with what became of its deliveries. */
export function showReplay(
  job: Job,
  deliveries: Readonly<Record<DeliveryState, number>> | null,
): Replay {
  return { ...showReplaySummary(job), deliveries };
}

function showDestination(
  destination: (JobTask & { kind: 'replay' })['destination'],
): ReplaySummary['destination'] {
  return destination.kind === 'subscriptions'
    ? { ...destination, subscriptionIds: [...destination.subscriptionIds] }
    : destination;
}

/** Moments become texts; everything else is as it was asked for. */
function showFilter(filter: JobTask['filter']): ReplaySummary['filter'] {
  const members = Object.entries(filter as Record<string, unknown>).map(([name, value]) => [
    name,
    typeof value === 'number' ? toWireTime(value) : value,
  ]);
  return Object.fromEntries(members) as ReplaySummary['filter'];
}
