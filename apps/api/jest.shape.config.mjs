import base from './jest.config.mjs';

// The suites that hold for every shape of the gateway, run on the one that SHAPE names, and the suites of that shape alone.
const shape = process.env.SHAPE ?? 'cluster';

/** Files about one process by itself, and why. */
const EMBEDDED_ONLY = [
  // Ends a process while a client's own connection to it is open; behind a proxy, test/cluster/reload.test.ts says what holds.
  'test/http/shutdown.test.ts',
  // Asks how the gateway itself cuts slow clients off; behind a proxy none of them gets through to it.
  'test/http/slow-clients.test.ts',
];

/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test'],
  testMatch: [
    '<rootDir>/test/http/**/*.test.ts',
    '<rootDir>/test/journeys/kill.test.ts',
    '<rootDir>/test/journeys/order.test.ts',
    `<rootDir>/test/${shape}/**/*.test.ts`,
  ],
  testPathIgnorePatterns: ['/node_modules/', ...EMBEDDED_ONLY.map((file) => `<rootDir>/${file}`)],
  // Each file starts a gateway of several processes for itself.
  testTimeout: 60_000,
  maxWorkers: 2,
};
