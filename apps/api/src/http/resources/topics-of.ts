import { GatewayError } from '../../domain/errors.ts';
import { STREAM_TOPICS } from '../../stream/stream-filter.ts';

/** The topics of a comma-separated list; null (all) without one. Throws `invalid_request` for one that does not exist. */
export function topicsOf(text: string | undefined): string[] | null {
  if (text === undefined || text.trim() === '') return null;
  return text.split(',').map((part) => {
    const topic = STREAM_TOPICS.find((known) => known === part.trim());
    if (topic) return topic;
    const detail = `"topics" holds "${part.trim()}"; use ${STREAM_TOPICS.join(', ')}.`;
    throw new GatewayError('invalid_request', detail, {
      faults: [{ pointer: 'topics', code: 'invalid_value', detail }],
    });
  });
}
