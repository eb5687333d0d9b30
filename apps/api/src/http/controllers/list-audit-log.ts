import type { z } from 'zod';
import type { AuditQuery } from '../../contract/auth.ts';
import { toWireTime } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { timeOf } from '../resources/event-filter.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { givenOf } from '../resources/merge-patch.ts';
import type { Services } from '../services.ts';

export async function listAuditLog(
  services: Services,
  { query }: Input<unknown, z.output<typeof AuditQuery>>,
): Promise<Answer> {
  const { actor, subjectId, action, resource } = query;
  const times = { after: timeOf(query.after), before: timeOf(query.before) };
  const filter = givenOf({ actor, subjectId, action, resource, ...times });
  const page = await services.store.listAudit(filter, pageOf(query));
  return listAnswer(page, (entry) => ({ ...entry, at: toWireTime(entry.at) }));
}
