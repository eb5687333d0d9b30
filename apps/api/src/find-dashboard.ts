import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the built dashboard lies, seen from `src` and from `dist` alike. */
const DASHBOARD_DIR = resolve(import.meta.dirname, '../../dashboard/dist');

/** The folder of the built dashboard; null while it is not built. */
export function findDashboard(): string | null {
  return existsSync(resolve(DASHBOARD_DIR, 'index.html')) ? DASHBOARD_DIR : null;
}
