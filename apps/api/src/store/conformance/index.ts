import { describe } from '@jest/globals';

import { describeAlerts } from './alerts.ts';
import { describeChanges } from './changes.ts';
import { describeClaiming } from './claiming.ts';
import type { NewPlace } from './engine.ts';
import { describeEvents } from './events.ts';
import { describeFailure } from './failure.ts';
import { describeFigures } from './figures.ts';
import { describeIdempotency } from './idempotency.ts';
import { describeJobs } from './jobs.ts';
import { describeLists } from './lists.ts';
import { describePrune } from './prune.ts';
import { describeOrdering } from './ordering.ts';
import { describeRandomOrder } from './random-order.ts';
import { describeRandomWork } from './random-work.ts';
import { describeResources } from './resources.ts';
import { describeRetryAndCancel } from './retry-and-cancel.ts';
import { describeSearch } from './search.ts';
import { describeSearchInDepth } from './search-in-depth.ts';
import { describeSessions } from './sessions.ts';
import { describeSettling } from './settling.ts';
import { describeTakeOver } from './take-over.ts';

/** Holds an engine to the store's specification. */
export function runConformance(name: string, newPlace: NewPlace): void {
  describe(`the ${name} store`, () => {
    describeEvents(newPlace);
    describeClaiming(newPlace);
    describeSettling(newPlace);
    describeRetryAndCancel(newPlace);
    describeTakeOver(newPlace);
    describeLists(newPlace);
    describeSearch(newPlace);
    describeSearchInDepth(newPlace);
    describeChanges(newPlace);
    describeFigures(newPlace);
    describeResources(newPlace);
    describeSessions(newPlace);
    describeIdempotency(newPlace);
    describePrune(newPlace);
    describeJobs(newPlace);
    describeAlerts(newPlace);
    describeFailure(newPlace);
    describeRandomWork(newPlace);
    describeOrdering(newPlace);
    describeRandomOrder(newPlace);
  });
}
