import { buildDashboardWhenStale } from './lib/dashboard-build.ts';

await buildDashboardWhenStale();
await import('../apps/api/src/main.ts');
