import type { AlertRule } from '../../contract/alerts.ts';
import { toWireTime } from '../../contract/from-domain.ts';
import type { Resource } from '../../domain/resources.ts';

export function showAlertRule({
  id,
  body,
  createdAt,
  updatedAt,
}: Resource<'alert-rule'>): AlertRule {
  return { id, ...body, createdAt: toWireTime(createdAt), updatedAt: toWireTime(updatedAt) };
}
