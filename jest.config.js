// Three projects: `unit` needs nothing but Node; `aws` starts MiniStack and moto once for all its files; `full`
// needs more than npm and pip can give. Which one a test file belongs to is in its name.
import { availableParallelism } from 'node:os';

const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  testPathIgnorePatterns: ['/node_modules/', '/templates/', '/dist/', '/.apigen/', '/.cache/', '/examples/'],
  modulePathIgnorePatterns: ['templates', 'dist', '.apigen', '.cache', 'examples'].map((name) => `<rootDir>/${name}/`),
};

// `--selectProjects` takes every word after it: paths that follow it by mistake still choose the tests.
const selected = process.argv.slice(process.argv.indexOf('--selectProjects') + 1);
const end = selected.findIndex((word) => word.startsWith('-'));
const strayPaths = process.argv.includes('--selectProjects')
  ? selected.slice(0, end === -1 ? undefined : end).filter((word) => /[/.]/.test(word))
  : [];
const among = (pattern) =>
  strayPaths.length === 0
    ? [`<rootDir>/test/**/${pattern}`]
    : strayPaths.flatMap((path) => [`<rootDir>/${path}`, `<rootDir>/${path}/**/${pattern}`]);

const emulators = {
  globalSetup: '<rootDir>/test/harness/start-emulators.ts',
  globalTeardown: '<rootDir>/test/harness/stop-emulators.ts',
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: among('*.test.ts'),
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '\\.(aws|full)\\.test\\.ts$'],
    },
    { ...shared, ...emulators, displayName: 'aws', testMatch: among('*.aws.test.ts') },
    { ...shared, ...emulators, displayName: 'full', testMatch: among('*.full.test.ts') },
  ],
  testSequencer: '<rootDir>/test/harness/sequencer.js',
  testTimeout: 60_000,
  // One worker would leave a core idle on a machine of two.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
