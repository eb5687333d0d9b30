import type { AuditRecord } from '@signalbox/api/contract';
import { paths } from '../../lib/paths.ts';

/** What was done, in words: `target paused`, `dead letters retry`. */
export function actionText(action: string): string {
  return action.replaceAll('.', ' ').replaceAll('_', ' ').replaceAll('-', ' ');
}

const SCREENS: readonly (readonly [string, (id: string) => string])[] = [
  ['src_', paths.source],
  ['tgt_', paths.target],
  ['sub_', paths.subscription],
  ['rpl_', paths.replay],
  ['usr_', paths.user],
  ['evt_', paths.event],
];

/** The screen of what was changed, where there is one. */
export function subjectPath({ subjectId, action }: AuditRecord): string | null {
  if (action.startsWith('event-type.')) return paths.eventType(subjectId);
  return SCREENS.find(([prefix]) => subjectId.startsWith(prefix))?.[1](subjectId) ?? null;
}

/** A name that the thing had, before or after. */
export function subjectName({ before, after }: AuditRecord): string | null {
  for (const state of [after, before]) {
    if (typeof state === 'object' && state !== null && 'name' in state) {
      const { name } = state;
      if (typeof name === 'string' && name !== '') return name;
    }
  }
  return null;
}
