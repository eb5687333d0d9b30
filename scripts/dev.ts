import { run } from './lib/run.ts';

// The gateway, restarted when its files change, and the dashboard's development server, which passes API calls on to it.
await Promise.all([
  run('node', ['--watch-path=apps/api/src', 'apps/api/src/main.ts']),
  run('npm', ['run', 'dev', '-w', '@signalbox/dashboard']),
]);
