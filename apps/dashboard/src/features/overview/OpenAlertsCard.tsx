import { Link } from 'react-router';
import { useOpenAlertsQuery } from '../../api/alerts.ts';
import { paths } from '../../lib/paths.ts';
import { SeverityBadge } from '../../ui/Badge/StateBadge.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';
import { Time } from '../../ui/Time/Time.tsx';

const MOST_SHOWN = 5;

/** The newest open alerts; nothing while there are none. */
export function OpenAlertsCard() {
  const { data: alerts = [] } = useOpenAlertsQuery(undefined);
  if (alerts.length === 0) return null;
  return (
    <Card
      title="Open alerts"
      isFlush
      actions={
        <Link to={paths.openAlerts}>{alerts.length > MOST_SHOWN ? 'All of them' : 'Look'}</Link>
      }
    >
      <SimpleTable
        label="Open alerts"
        headers={['Severity', 'What', 'Raised']}
        endFrom={2}
        rows={alerts.slice(0, MOST_SHOWN).map((alert) => ({
          key: alert.id,
          cells: [
            <SeverityBadge key="severity" severity={alert.severity} />,
            alert.title,
            <Time key="raised" at={alert.raisedAt} />,
          ],
        }))}
      />
    </Card>
  );
}
