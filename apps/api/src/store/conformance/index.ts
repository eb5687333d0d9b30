import { describe } from '@jest/globals';

import { describeChanges } from './changes.ts';
import { describeClaiming } from './claiming.ts';
import type { NewPlace } from './engine.ts';
import { describeEvents } from './events.ts';
import { describeFailure } from './failure.ts';
import { describeFigures } from './figures.ts';
import { describeIdempotency } from './idempotency.ts';
import { describeLists } from './lists.ts';
import { describePrune } from './prune.ts';
import { describeRandomWork } from './random-work.ts';
import { describeResources } from './resources.ts';
import { describeRetryAndCancel } from './retry-and-cancel.ts';
import { describeSearch } from './search.ts';
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
    describeChanges(newPlace);
    describeFigures(newPlace);
    describeResources(newPlace);
    describeSessions(newPlace);
    describeIdempotency(newPlace);
    describePrune(newPlace);
    describeFailure(newPlace);
    describeRandomWork(newPlace);
  });
}
