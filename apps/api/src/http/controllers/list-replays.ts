import type { z } from 'zod';
import type { ReplayListQuery } from '../../contract/replays.ts';
import type { Answer, Input } from '../exchange.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { showReplaySummary } from '../resources/show-replay.ts';
import type { Services } from '../services.ts';

export async function listReplays(
  services: Services,
  { query }: Input<unknown, z.output<typeof ReplayListQuery>>,
): Promise<Answer> {
  const { kind, state } = query;
  const page = await services.store.listJobs(givenOf({ kind, state }), pageOf(query));
  return listAnswer(page, showReplaySummary);
}
