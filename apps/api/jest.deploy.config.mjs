import base from './jest.config.mjs';

// What deploys, with PM2, nginx and an emulator of AWS beside it.
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test'],
  testMatch: ['<rootDir>/test/deploy/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Each question to the emulator starts a program; a busy machine takes its time with that.
  testTimeout: 300_000,
  maxWorkers: 2,
};
