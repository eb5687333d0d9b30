import type { BacktestSample } from '../../contract/backtest.ts';
import { toWireTime } from '../../contract/from-domain.ts';
import type { BacktestSample as Sample } from '../../delivery/backtest/keep-samples.ts';
import { renderStructured } from '../../transform/render-structured.ts';

/** A sample with what came in, as a transform sees it, beside what would be sent or why nothing could be. */
export function showBacktestSample({ event, shaped }: Sample): BacktestSample {
  const input = JSON.parse(renderStructured(event).toString('utf8')) as Record<string, unknown>;
  const common = { eventId: event.id, receivedAt: toWireTime(event.receivedAt), input };
  switch (shaped.outcome) {
    case 'failed':
      return {
        ...common,
        output: null,
        error: { detail: shaped.message, position: shaped.position },
      };
    case 'skip':
      return { ...common, output: { body: null, headers: {}, path: null }, error: null };
    case 'ok': {
      const type = shaped.contentType === null ? {} : { 'content-type': shaped.contentType };
      const body = Buffer.from(shaped.body).toString('utf8');
      const headers = { ...type, ...shaped.headers };
      return { ...common, output: { body, headers, path: shaped.path }, error: null };
    }
  }
}
