import { buildWhenStale, DASHBOARD, GATEWAY } from './lib/build-when-stale.ts';

// JavaScript in apps/api/dist, the dashboard in apps/dashboard/dist.
try {
  await buildWhenStale(GATEWAY);
  await buildWhenStale(DASHBOARD);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
