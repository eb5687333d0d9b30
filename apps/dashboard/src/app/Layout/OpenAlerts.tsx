import { Link } from 'react-router';
import { useOpenAlertsQuery } from '../../api/alerts.ts';
import { paths } from '../../lib/paths.ts';
import { plural } from '../../lib/text.ts';
import { IconBell } from '../../ui/icons.ts';
import styles from './OpenAlerts.module.css';

/** How many alerts are open; nothing while none is. The stream tells of each new one. */
export function OpenAlerts() {
  const { data: alerts = [] } = useOpenAlertsQuery(undefined);
  const [first] = alerts;
  if (first === undefined) return <span role="status" />;
  const isCritical = alerts.some(({ severity }) => severity === 'critical');
  return (
    <span role="status">
      <Link
        to={paths.openAlerts}
        className={styles.alerts}
        data-critical={isCritical}
        title={first.title}
      >
        <IconBell />
        {plural(alerts.length, 'alert')}
      </Link>
    </span>
  );
}
