// npm test [-- jest's arguments]: builds, then runs the unit tests and those that need the emulators, which install
// and start themselves. `npm run test:all` adds those that need more (*.full.test.ts).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import './build.js';

const args = process.argv.slice(2);
const runsAll = args[0] === '--all';
const { status } = spawnSync(
  process.execPath,
  [
    // jest runs ES modules through Node's vm module, which is still called experimental.
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    createRequire(import.meta.url).resolve('jest/bin/jest'),
    ...(runsAll ? args.slice(1) : [...args, '--ignoreProjects', 'full']),
  ],
  // The SDK's remark on Node 20 would stand between the results, once per file.
  { stdio: 'inherit', env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } },
);
process.exitCode = status ?? 1;
