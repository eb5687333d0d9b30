import type { AlertRule } from '@signalbox/api/contract';
import { useListAlertRulesQuery } from '../../api/alerts.ts';
import { useExport } from '../../api/export-list.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { paths } from '../../lib/paths.ts';
import { ResourceBadge, SeverityBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { ruleText } from './rule-form.ts';

const COLUMNS: Column<AlertRule>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(160px, 1.4fr)',
    cell: (rule) => <RowLink to={paths.alertRule(rule.id)}>{rule.name}</RowLink>,
  },
  {
    key: 'state',
    header: 'State',
    width: '110px',
    cell: (rule) => <ResourceBadge state={rule.state} />,
  },
  { key: 'when', header: 'Raised when', width: 'minmax(160px, 2fr)', cell: ruleText },
  {
    key: 'severity',
    header: 'Severity',
    width: '110px',
    cell: (rule) => <SeverityBadge severity={rule.severity} />,
  },
];

export function AlertRuleList() {
  const { data = [], isLoading, error } = useListAlertRulesQuery(undefined);
  const refusal = useRefusal('admin');
  return (
    <ListScreen
      title="Alert rules"
      actions={
        <>
          <ButtonLink to={paths.alerts}>Alerts</ButtonLink>
          <NewButton to={paths.newAlertRule} label="New rule" refusal={refusal} />
        </>
      }
      exported={useExport('/v1/alert-rules')}
      problem={problemOf(error)}
      rows={data}
      rowKey={(rule) => rule.id}
      rowLink={(rule) => paths.alertRule(rule.id)}
      columns={COLUMNS}
      isLoading={isLoading}
      empty={
        <EmptyState title="No rules">
          <p>A rule raises an alert when a measure passes a threshold.</p>
        </EmptyState>
      }
    />
  );
}
