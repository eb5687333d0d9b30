import { isEnvironmentFailure } from './failures.ts';
import type { Lease, Leases } from './leases.ts';
import type { Query } from './pool.ts';
import { jobLeasesOf } from './writes/jobs.ts';
import type { JobLease } from './writes/jobs.ts';
import { leasesOf } from './writes/processes.ts';

/** After a failure, leases are looked for this long: a frozen server may yet carry out what it was asked. */
const SUSPICION_MS = 120_000;
/** Longer than a statement may take: what was leased before a first look has been answered, or has failed, by a second. */
const BETWEEN_LOOKS_MS = 10_000;

/**
 * Finds leases that the database gave to this process in an answer that never came (the connection broke, the server was too slow).
 * Nobody works on these, and since this process lives nobody takes them over.
 */
export interface LostLeases {
  /** An answer that may have held leases did not come. */
  suspect(): void;
  /** Leases that nobody works on, for sure. To be called every few seconds; asks the database only after a failure. */
  find(query: Query): Promise<{ deliveries: Lease[]; jobs: JobLease[] }>;
}

/**
 * @param leases of deliveries that this process works on
 * @param jobs that it works on, by `jobLeaseKey`
 */
export function createLostLeases(deps: {
  leases: Pick<Leases, 'find'>;
  jobs: ReadonlySet<string>;
  owner: number;
  now: () => number;
}): LostLeases {
  const { leases, jobs, owner, now } = deps;
  let suspectedUntil = 0;
  const lostDeliveries = createTwoLooks<Lease>(
    ({ deliveryId, fence }) => `${deliveryId}/${fence}`,
    now,
  );
  const lostJobs = createTwoLooks<JobLease>(jobLeaseKey, now);

  return {
    suspect() {
      suspectedUntil = now() + SUSPICION_MS;
    },
    async find(query) {
      if (now() > suspectedUntil) return { deliveries: [], jobs: [] };
      const ours = await leasesOf(query, owner);
      const oursOfJobs = await jobLeasesOf(query, owner);
      return {
        deliveries: lostDeliveries(
          ours.filter(({ deliveryId, fence }) => !leases.find(deliveryId, fence)),
        ),
        jobs: lostJobs(oursOfJobs.filter((lease) => !jobs.has(jobLeaseKey(lease)))),
      };
    },
  };
}

/** Runs what may lease something: where it fails without an answer, it may have done so all the same. */
export async function suspecting<T>(
  lost: Pick<LostLeases, 'suspect'>,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isEnvironmentFailure(error)) lost.suspect();
    throw error;
  }
}

export function jobLeaseKey({ jobId, fence }: JobLease): string {
  return `${jobId}/${fence}`;
}

/** Answers those of a look that were there in an earlier one, long enough ago. */
function createTwoLooks<T>(keyOf: (one: T) => string, now: () => number): (found: T[]) => T[] {
  /** When each was first seen. */
  let seen = new Map<string, number>();
  return (found) => {
    const at = now();
    seen = new Map(found.map((one) => [keyOf(one), seen.get(keyOf(one)) ?? at]));
    return found.filter((one) => (seen.get(keyOf(one)) ?? at) + BETWEEN_LOOKS_MS <= at);
  };
}
