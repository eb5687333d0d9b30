import type { AuditRecord } from '@signalbox/api/contract';
import type { NameOf } from '../../api/names.ts';
import { shortId } from '../../lib/text.ts';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import { actionText, subjectName } from './audit-words.ts';

/** The columns of the audit log. */
export function auditColumns(
  actorName: NameOf,
  linkOf: (entry: AuditRecord) => string,
): Column<AuditRecord>[] {
  return [
    {
      key: 'action',
      header: 'What',
      width: 'minmax(150px, 1.2fr)',
      cell: (entry) => <RowLink to={linkOf(entry)}>{actionText(entry.action)}</RowLink>,
    },
    { key: 'at', header: 'When', width: '92px', cell: (entry) => <Time at={entry.at} /> },
    {
      key: 'subject',
      header: 'Of',
      width: 'minmax(140px, 1.6fr)',
      cell: (entry) => subjectName(entry) ?? <code>{shortId(entry.subjectId)}</code>,
    },
    {
      key: 'actor',
      header: 'Who',
      width: 'minmax(110px, 1fr)',
      cell: (entry) => actorName(entry.actor) ?? entry.actor,
    },
    {
      key: 'address',
      header: 'From',
      width: '140px',
      isWideOnly: true,
      cell: (entry) => entry.address ?? '–',
    },
  ];
}
