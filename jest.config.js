// Two projects: `unit` needs nothing but Node; `aws` starts MiniStack and moto once for all its files.
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  testPathIgnorePatterns: ['/node_modules/', '/templates/', '/dist/', '/.apigen/', '/examples/'],
  modulePathIgnorePatterns: ['<rootDir>/templates/', '<rootDir>/dist/', '<rootDir>/.apigen/', '<rootDir>/examples/'],
};

// A test file that talks to an emulator ends in .aws.test.ts.
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '\\.aws\\.test\\.ts$', '\\.full\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'aws',
      testMatch: ['<rootDir>/test/**/*.aws.test.ts'],
      globalSetup: '<rootDir>/test/harness/start-emulators.ts',
      globalTeardown: '<rootDir>/test/harness/stop-emulators.ts',
    },
  ],
  testTimeout: 60_000,
};
