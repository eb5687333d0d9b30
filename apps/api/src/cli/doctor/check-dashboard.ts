import { findDashboard } from '../../find-dashboard.ts';
import { ok, warning, type Finding } from './finding.ts';

/** Whether the gateway has the dashboard's files to serve. */
export function checkDashboard(): Finding {
  const folder = findDashboard();
  return folder === null
    ? warning('dashboard', 'it is not built', 'Build it: npm run build.')
    : ok('dashboard', `built in ${folder}`);
}
