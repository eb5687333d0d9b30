import type { z } from 'zod';
import type { EventListQuery } from '../../contract/events.ts';
import { toWireEvent } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { eventFilterOf } from '../resources/event-filter.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import type { Services } from '../services.ts';

export async function listEvents(
  services: Services,
  { query }: Input<unknown, z.output<typeof EventListQuery>>,
): Promise<Answer> {
  const filter = eventFilterOf(query);
  if (query.include?.includes('data')) {
    const page = await services.store.listFullEvents(filter, pageOf(query));
    return listAnswer(page, (event) => toWireEvent(event, true));
  }
  const page = await services.store.listEvents(filter, pageOf(query));
  return listAnswer(page, (event) => toWireEvent(event, false));
}
