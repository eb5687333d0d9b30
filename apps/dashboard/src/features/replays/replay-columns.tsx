import type { ReplaySummary } from '@signalbox/api/contract';
import { paths } from '../../lib/paths.ts';
import { progressText, type NamedReplay } from '../../lib/replay-words.ts';
import { formatCount } from '../../lib/text.ts';
import { JobBadge } from '../../ui/Badge/StateBadge.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { ProgressBar } from '../../ui/JobProgress/JobProgress.tsx';
import { Time } from '../../ui/Time/Time.tsx';

/** The columns of the list of replays. */
export function replayColumns(nameOf: (replay: NamedReplay) => string): Column<ReplaySummary>[] {
  return [
    {
      key: 'name',
      header: 'Replay',
      width: 'minmax(200px, 2.2fr)',
      cell: (row) => <RowLink to={paths.replay(row.id)}>{nameOf(row)}</RowLink>,
    },
    {
      key: 'state',
      header: 'State',
      width: '116px',
      cell: (row) => <JobBadge state={row.state} />,
    },
    {
      key: 'progress',
      header: 'Progress',
      width: 'minmax(120px, 1fr)',
      isWideOnly: true,
      cell: (row) => <ProgressBar job={row} label={`Progress of ${nameOf(row)}`} />,
    },
    {
      key: 'scanned',
      header: 'Gone through',
      width: 'minmax(150px, 1fr)',
      cell: progressText,
    },
    {
      key: 'made',
      header: 'Made',
      width: '90px',
      align: 'end',
      isWideOnly: true,
      cell: (row) => formatCount(row.made),
    },
    {
      key: 'created',
      header: 'Began',
      width: '92px',
      isWideOnly: true,
      cell: (row) => <Time at={row.createdAt} />,
    },
  ];
}
