import { resolve } from 'node:path';
import { buildDashboardWhenStale } from './lib/dashboard-build.ts';
import { ROOT, run } from './lib/run.ts';

// The production build: JavaScript in apps/api/dist, the dashboard in apps/dashboard/dist.
const { code } = await run('tsc', ['-p', 'tsconfig.build.json'], {
  cwd: resolve(ROOT, 'apps/api'),
});
if (code !== 0) process.exit(code);
await buildDashboardWhenStale();
console.log('Built apps/api/dist and apps/dashboard/dist.');
