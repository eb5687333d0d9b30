import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Builds the dashboard, so that the browser tests never run on an older one. */
export default function buildFirst() {
  // Jest sets NODE_ENV to "test", which would build React for development.
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
