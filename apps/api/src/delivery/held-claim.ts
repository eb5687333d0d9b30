import type { Claim } from '../store/store.ts';

/** A claim in memory, and how it came here. */
export interface HeldClaim {
  claim: Claim;
  /** False: handed over by ingest right after its commit. */
  isFromStore: boolean;
}
