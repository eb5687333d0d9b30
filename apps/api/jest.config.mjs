/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Many tests start real processes; on a busy machine the usual five seconds say nothing about them.
  testTimeout: 30_000,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // These need nginx, or PostgreSQL, and the built gateway: jest.shape.config.mjs, jest.deploy.config.mjs.
  // Those named *.engine.test.ts need a server beside the gateway: jest.engines.config.mjs.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/cluster/',
    '<rootDir>/test/fleet/',
    '<rootDir>/test/deploy/',
    '\\.engine\\.test\\.ts$',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      'ts-jest',
      { useESM: true, tsconfig: '<rootDir>/tsconfig.json', diagnostics: false },
    ],
  },
};
