import { GatewayError } from '../../domain/errors.ts';
import type { Answer, Input } from '../exchange.ts';
import { loadEventTypes } from '../resources/event-types.ts';
import type { Services } from '../services.ts';
import type { PageInput } from './page-input.ts';

const PREFIX = 'event-type:';

/** By name; types that were only seen on events are listed too. */
export async function listEventTypes(
  services: Services,
  { query }: Input<unknown, PageInput>,
): Promise<Answer> {
  const after = query.cursor === undefined ? '' : nameOf(query.cursor);
  const rest = (await loadEventTypes(services)).filter(({ name }) => name > after);
  const data = rest.slice(0, query.limit);
  const last = data.at(-1);
  const nextCursor =
    last && rest.length > data.length
      ? Buffer.from(PREFIX + last.name).toString('base64url')
      : null;
  return { status: 200, body: { data, nextCursor } };
}

function nameOf(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (text.startsWith(PREFIX)) return text.slice(PREFIX.length);
  throw new GatewayError(
    'invalid_cursor',
    'The cursor is not one of this list; start without it.',
    {
      faults: [
        { pointer: 'cursor', code: 'invalid_cursor', detail: 'Take nextCursor of this list.' },
      ],
    },
  );
}
