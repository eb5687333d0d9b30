import type { Alert } from '@signalbox/api/contract';
import { useCallback, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useListAlertsInfiniteQuery } from '../../api/alerts.ts';
import { useExport } from '../../api/export-list.ts';
import { useRows } from '../../api/use-rows.ts';
import { paths } from '../../lib/paths.ts';
import { useUrlFilters, writeFilter } from '../../lib/url-filters.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { SeverityBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { FilterChips } from '../../ui/Filters/FilterChips.tsx';
import { Filters, SelectFilter } from '../../ui/Filters/Filters.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import { AlertDialog } from './AlertDialog.tsx';

const IN_URL = { many: ['severity'], one: ['state'] } as const;
/** Which alert is open on the screen. */
const OPEN = 'alert';

const columnsOf = (linkOf: (id: string) => string): Column<Alert>[] => [
  {
    key: 'title',
    header: 'What',
    width: 'minmax(200px, 2.4fr)',
    cell: (alert) => <RowLink to={linkOf(alert.id)}>{alert.title}</RowLink>,
  },
  {
    key: 'severity',
    header: 'Severity',
    width: '110px',
    cell: (alert) => <SeverityBadge severity={alert.severity} />,
  },
  {
    key: 'state',
    header: 'State',
    width: '130px',
    cell: (alert) => (
      <Badge tone={alert.state === 'open' ? 'bad' : 'good'}>
        {alert.state === 'resolved' ? 'Resolved' : alert.acknowledgedAt ? 'Seen' : 'Open'}
      </Badge>
    ),
  },
  {
    key: 'raised',
    header: 'Raised',
    width: '100px',
    cell: (alert) => <Time at={alert.raisedAt} />,
  },
  {
    key: 'resolved',
    header: 'Resolved',
    width: '100px',
    isWideOnly: true,
    cell: (alert) => (alert.resolvedAt === null ? '–' : <Time at={alert.resolvedAt} />),
  },
];

/** What a person must hear of, open and resolved. */
export function AlertList() {
  const { filters, bind, beside, clear, isFiltered } = useUrlFilters<'severity', 'state'>(IN_URL);
  const query = filters as Parameters<typeof useListAlertsInfiniteQuery>[0];
  const list = useListAlertsInfiniteQuery(query);
  const exported = useExport('/v1/alerts', filters);
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const shown = useRows(list);
  const linkTo = useCallback(
    (id: string | undefined) => `${paths.alerts}?${writeFilter(params, OPEN, id).toString()}`,
    [params],
  );
  const columns = useMemo(() => columnsOf(linkTo), [linkTo]);
  const openId = params.get(OPEN);
  return (
    <>
      <ListScreen
        title="Alerts"
        actions={<ButtonLink to={paths.alertRules}>Rules</ButtonLink>}
        exported={exported}
        above={
          <Filters isFiltered={isFiltered} onClear={clear}>
            <SelectFilter
              label="State"
              {...bind('state')}
              options={[
                ['open', 'open'],
                ['resolved', 'resolved'],
              ]}
            />
            <SelectFilter
              label="Severity"
              {...bind('severity')}
              options={[
                ['critical', 'critical'],
                ['warning', 'warning'],
                ['info', 'info'],
              ]}
            />
            <FilterChips values={beside(['state', 'severity'])} names={{}} />
          </Filters>
        }
        {...shown}
        rowKey={(alert) => alert.id}
        rowLink={(alert) => linkTo(alert.id)}
        columns={columns}
        empty={
          <EmptyState title={isFiltered ? 'No alert fits these filters' : 'No alerts'}>
            <p>Alerts are raised by rules and by what the gateway always watches.</p>
          </EmptyState>
        }
      />
      {openId !== null && (
        <AlertDialog
          id={openId}
          row={shown.rows.find(({ id }) => id === openId)}
          onClose={() => void navigate(linkTo(undefined))}
        />
      )}
    </>
  );
}
