import type { AcceptedEvent } from '../../ingest/accept-events.ts';
import { isRefusal, type Refusal } from '../../ingest/incoming-event.ts';
import type { Answer } from '../exchange.ts';

/** 202 for a batch that was taken whole; 207, with a result for each item, when some were refused. */
export function batchAnswer(results: readonly (AcceptedEvent | Refusal)[]): Answer {
  let accepted = 0;
  let duplicates = 0;
  let rejected = 0;
  const shown = results.map((result, index) => {
    if (isRefusal(result)) {
      rejected += 1;
      const { code, message, faults } = result;
      return { index, error: { code, detail: message, errors: faults } };
    }
    if (result.duplicate) duplicates += 1;
    else accepted += 1;
    return { index, ...result };
  });
  const body = JSON.stringify({ accepted, duplicates, rejected, results: shown });
  return { status: rejected > 0 ? 207 : 202, body, eventCount: results.length };
}
