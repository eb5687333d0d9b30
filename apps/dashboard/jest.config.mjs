/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/scripts/page-environment.mjs',
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  setupFiles: ['<rootDir>/src/setup-tests.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '\\.css$': 'identity-obj-proxy',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@signalbox/api/alert-measures$': '<rootDir>/../api/src/domain/alert.ts',
    '^@signalbox/api/delivery-states$': '<rootDir>/../api/src/domain/delivery-states.ts',
  },
  transform: {
    '^.+\\.tsx?$': [
      'ts-jest',
      { useESM: true, tsconfig: '<rootDir>/tsconfig.json', diagnostics: false },
    ],
  },
};
