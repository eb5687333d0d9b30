import { GatewayError } from '../../domain/errors.ts';

/** How much may wait for a commit. */
export interface WriteLimits {
  commands: number;
  bytes: number;
}

/** What a command weighs besides its payload. */
export const COMMAND_BYTES = 512;
/** The share of the room that is left to work under way (outcomes, leases) when new events have filled the rest. */
const RESERVED_SHARE = 0.25;

/** Keeps what waits to be written within bounds, over all kinds of writes together. */
export interface WriteBounds {
  /**
   * Enters a command; the answer lets it out again.
   * @param isUnderWay it ends work that was accepted before
   * @throws GatewayError `overloaded` when there is no room; `not_ready` after closing
   */
  enter(sizeBytes: number, isUnderWay: boolean): () => void;
  /** Lets nobody in any more; resolves when all are out. */
  close(): Promise<void>;
}

export function createWriteBounds(limits: WriteLimits): WriteBounds {
  let count = 0;
  let bytes = 0;
  let isClosed = false;
  let onEmpty = (): void => {};

  function hasRoom(sizeBytes: number, share: number): boolean {
    // A lone command is let through whatever its size, or it could never be written.
    return (
      count === 0 || (count < limits.commands * share && bytes + sizeBytes <= limits.bytes * share)
    );
  }

  return {
    enter(sizeBytes, isUnderWay) {
      if (isClosed) throw new GatewayError('not_ready', 'The store is closed.');
      if (!hasRoom(sizeBytes, isUnderWay ? 1 : 1 - RESERVED_SHARE)) {
        throw new GatewayError('overloaded', 'Too many writes are waiting; try again shortly.', {
          retryAfterSeconds: 1,
        });
      }
      count += 1;
      bytes += sizeBytes;
      return () => {
        count -= 1;
        bytes -= sizeBytes;
        if (count === 0) onEmpty();
      };
    },
    close() {
      isClosed = true;
      if (count === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onEmpty = resolve;
      });
    },
  };
}
