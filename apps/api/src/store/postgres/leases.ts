/** A lease of this process: where its delivery lies, and in which line it stands. */
export interface Lease {
  deliveryId: string;
  fence: number;
  seq: number;
  subscriptionId: string | null;
  orderingKey: string | null;
}

/**
 * The leases that this process has been given and has not ended. A lease whose answer was lost on its way is in the database under our
 * name and not in here; see `findLostLeases`.
 */
export interface Leases {
  hold(lease: Lease): void;
  find(deliveryId: string, fence: number): Lease | null;
  /** The lease was ended, or found to be lost. */
  end(deliveryId: string, fence: number): void;
}

export function createLeases(): Leases {
  const held = new Map<string, Lease>();

  function find(deliveryId: string, fence: number): Lease | null {
    const lease = held.get(deliveryId);
    return lease?.fence === fence ? lease : null;
  }

  return {
    hold(lease) {
      held.set(lease.deliveryId, lease);
    },
    find,
    end(deliveryId, fence) {
      if (find(deliveryId, fence)) held.delete(deliveryId);
    },
  };
}
