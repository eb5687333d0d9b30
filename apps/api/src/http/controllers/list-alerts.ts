import type { z } from 'zod';
import type { AlertListQuery } from '../../contract/alerts.ts';
import type { Answer, Input } from '../exchange.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { showAlert } from '../resources/show-alert.ts';
import type { Services } from '../services.ts';

export async function listAlerts(
  services: Services,
  { query }: Input<unknown, z.output<typeof AlertListQuery>>,
): Promise<Answer> {
  const { limit, cursor, ...filter } = query;
  const page = await services.store.listAlerts(givenOf(filter), pageOf({ limit, cursor }));
  return listAnswer(page, showAlert);
}
