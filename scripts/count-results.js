// node scripts/count-results.js FOLDER STATUS STEP: sums what jest and the smoke test wrote into the folder, and prints
// `N passed, N failed` as the last line. A step that broke off without a failed test counts as one failure.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.', status = '0', step = ''] = process.argv.slice(2);
const read = (name) => {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};
const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = read('tests.json');
const smoke = { passed: 0, failed: 0, ...read('smoke.json') };
const passed = numPassedTests + smoke.passed;
const failed = numFailedTests + numRuntimeErrorTestSuites + smoke.failed;

if (status !== '0') console.log(`\n${step} failed (exit ${status})`);
console.log(`${passed} passed, ${status === '0' ? failed : Math.max(1, failed)} failed`);
