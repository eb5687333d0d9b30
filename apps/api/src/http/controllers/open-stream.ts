import type { z } from 'zod';
import type { StreamQuery } from '../../contract/stream.ts';
import type { Answer, Input } from '../exchange.ts';
import { topicsOf } from '../resources/topics-of.ts';
import type { Services } from '../services.ts';

/**
 * Server-sent events, until one side ends them; also ended when the credential is not good any more. What any process accepts after
 * the answer has begun is on the stream.
 */
export async function openStream(
  services: Services,
  { query, headers }: Input<unknown, z.output<typeof StreamQuery>>,
): Promise<Answer> {
  const { topics, ...filter } = query;
  const wanted = topicsOf(topics);
  const given = headers['last-event-id'];
  const lastEventId = typeof given === 'string' ? given : null;
  const startsAt = lastEventId === null ? await services.store.changePosition() : null;
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // nginx would hold the events back.
      'x-accel-buffering': 'no',
    },
    stream: (sink) => {
      const connection = services.hub.open({
        topics: wanted,
        filter,
        lastEventId,
        startsAt,
        send: (chunk) => sink.send(chunk),
        end: () => sink.end(),
        isWelcome: () => isWelcome(services, headers.authorization),
      });
      sink.onDrain(() => connection.drained());
      sink.onClose(() => connection.close());
    },
  };
}

function isWelcome(
  services: Pick<Services, 'authenticate'>,
  authorization: string | undefined,
): boolean {
  try {
    return services.authenticate(authorization).kind === 'user';
  } catch {
    return false;
  }
}
