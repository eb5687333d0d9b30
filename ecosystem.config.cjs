// Signalbox as a cluster on one machine: `pm2 start ecosystem.config.cjs`. Every setting of docs/settings.md is taken from the
// environment that PM2 is started with. See docs/running-a-cluster.md.

const { join } = require('node:path');

const env = process.env;
const seconds = (name, fallback) => Number(env[name] || fallback);

// What the gateway may take to stop (its own limits), and a margin for the last writes.
const stopSeconds = seconds('DRAIN_SECONDS', 2) + seconds('SHUTDOWN_SECONDS', 20) + 5;
const logFolder = env.LOG_DIR || join(__dirname, 'logs');

// PM2 keeps the path that an application was first started by. Where releases lie side by side that path must lead through the link
// to the current one (scripts/deploy/roll-out.ts): a reload then starts what the link leads to by now.
const folder = env.SIGNALBOX_CURRENT || __dirname;

// A reload gives workers what stands here, and nothing else of the environment that it was called with: all settings must stand here.
const settings = Object.fromEntries(
  Object.entries(env).filter(([name]) => /^[A-Z][A-Z0-9_]*$/.test(name)),
);

module.exports = {
  apps: [
    {
      name: 'signalbox',
      script: join(folder, 'apps/api/dist/main.js'),
      cwd: folder,
      // As `npm start` has it; see apps/api/src/tune-memory.ts.
      node_args: '--max-semi-space-size=32',
      exec_mode: 'cluster',
      instances: env.INSTANCES || 2,

      // A worker takes part once it has said that it listens, and an old one goes only then.
      wait_ready: true,
      listen_timeout: 30_000,
      kill_timeout: stopSeconds * 1000,

      // A worker that grows past this is replaced as in a reload; one that crashes comes back, each time later, up to 15 s.
      max_memory_restart: env.MAX_MEMORY || '600M',
      exp_backoff_restart_delay: 100,

      // The gateway writes its own log, JSON lines, to signalbox.log and signalbox-error.log (through PM2 every line would pass its
      // daemon). What a worker says besides, such as the first admin's password or the last words of a crash, comes here.
      out_file: join(logFolder, 'output.log'),
      error_file: join(logFolder, 'output.log'),
      merge_logs: true,

      // The workers share one port and one name, and take turns.
      instance_var: 'NODE_APP_INSTANCE',
      env: {
        // As `npm start` has it, so that names which are never resolved do not hold all lookups. Read with the first work for threads,
        // which is after PM2 has handed this over.
        UV_THREADPOOL_SIZE: '8',
        ...settings,
        NODE_ENV: 'production',
        LOG_DIR: logFolder,
      },
    },
  ],
};
