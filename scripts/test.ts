import { parseArgs } from 'node:util';
import { shapeEnvironment } from './lib/shape-environment.ts';
import { add, closeWith, NOTHING, runSuite } from './lib/tally.ts';

// Runs the test suites and ends with one line that counts them all.
// `--shape cluster` runs those of the gateway as several processes; it needs nginx and openssl.
// `--engines` runs the conformance of the engines that need a server; it needs PostgreSQL and Redis.
// `--deploy` runs those of what deploys; it needs nginx, openssl, sshd, certbot, pebble and moto_server, an emulator of AWS.
// `--browser` runs the journeys that need Chromium instead; `--tally FILE` also appends the closing lines to a file.
const { values, positionals } = parseArgs({
  options: {
    browser: { type: 'boolean' },
    deploy: { type: 'boolean' },
    engines: { type: 'boolean' },
    shape: { type: 'string' },
    tally: { type: 'string' },
  },
  allowPositionals: true,
});

const suites = values.browser
  ? [{ workspace: 'apps/dashboard', config: 'jest.browser.config.mjs' }]
  : values.engines
    ? [{ workspace: 'apps/api', config: 'jest.engines.config.mjs' }]
    : values.deploy
      ? [{ workspace: 'apps/api', config: 'jest.deploy.config.mjs' }]
      : values.shape !== undefined
        ? [{ workspace: 'apps/api', config: 'jest.shape.config.mjs' }]
        : [
            { workspace: 'apps/api', config: 'jest.config.mjs' },
            { workspace: 'apps/dashboard', config: 'jest.config.mjs' },
          ];
const shape = values.deploy ? 'cluster' : values.shape;
const prepared = shape === undefined ? null : await shapeEnvironment(shape);

let total = NOTHING;
for (const suite of suites) {
  total = add(total, await runSuite(suite, positionals, prepared?.env));
}
await prepared?.remove();
await closeWith(total, values.tally);
