import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, run } from './lib/run.ts';
import { shapeEnvironment } from './lib/shape-environment.ts';
import { NODE_FLAGS } from './lib/tally.ts';

// Kills the gateway under load again and again: `npm run test:kill -- --times 10`. Stops at the first failure.
// `--shape cluster` kills one worker of a PM2 cluster behind nginx, then all of it.
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    shape: { type: 'string', default: 'embedded' },
  },
});
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) {
  console.error(`--times must be a whole number above 0, not "${values.times}"`);
  process.exit(2);
}

const jest = [
  ...NODE_FLAGS,
  resolve(ROOT, 'node_modules/jest/bin/jest.js'),
  ...(values.shape === 'embedded' ? [] : ['--config', 'jest.shape.config.mjs']),
  'test/journeys/kill.test.ts',
];
const prepared = values.shape === 'embedded' ? null : await shapeEnvironment(values.shape);

for (let round = 1; round <= times; round += 1) {
  const startedAt = performance.now();
  const { code, output } = await run(process.execPath, jest, {
    cwd: resolve(ROOT, 'apps/api'),
    quiet: true,
    env: prepared?.env ?? {},
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (code !== 0) {
    console.error(`${output}\nround ${round} of ${times} failed after ${seconds} s`);
    process.exitCode = 1;
    break;
  }
  console.log(`round ${round} of ${times}: nothing lost, ${seconds} s`);
}
await prepared?.remove();
