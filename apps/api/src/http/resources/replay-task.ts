import type { z } from 'zod';
import type { ReplayPreviewRequest } from '../../contract/replays.ts';
import type { JobTask } from '../../store/store.ts';
import { eventFilterOf } from './event-filter.ts';

/**
 * What a replay is to do. Quarantined events never went anywhere, so they go along to chosen subscriptions or to a target only where the
 * filter names their status.
 */
export function replayTaskOf({
  filter,
  destination,
}: z.output<typeof ReplayPreviewRequest>): JobTask & { kind: 'replay' } {
  const wanted = eventFilterOf(filter);
  const leavesQuarantineOut = destination.kind !== 'original' && !wanted.status?.length;
  return {
    kind: 'replay',
    filter: leavesQuarantineOut ? { ...wanted, status: ['routed', 'unmatched'] } : wanted,
    destination:
      destination.kind === 'subscriptions'
        ? { ...destination, subscriptionIds: [...new Set(destination.subscriptionIds)] }
        : destination,
  };
}
