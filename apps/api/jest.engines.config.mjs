import base from './jest.config.mjs';

// What needs a database server on the machine: the conformance of the store engines beside the embedded one, and Redis.
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.engine.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 30_000,
  // One server for all.
  maxWorkers: 1,
};
