// Whether `apigen tables seed` streams: `node scripts/run.js bench/seed.ts [items …]` seeds files of several lengths into
// an emulator and prints the time and the largest memory that the program took. Flat memory: the figures are alike.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtProgram } from '../test/harness/built-program.ts';
import { startEmulators } from '../test/harness/emulators.ts';
import { temporaryProject } from '../test/harness/temporary-project.ts';

const model = `import * as dynamoose from 'dynamoose';
export const Product = dynamoose.model('Product', new dynamoose.Schema({
  id: { type: String, hashKey: true }, name: { type: String, required: true }, price: Number, added: Date,
}, { timestamps: true }));
`;

const sizes = process.argv.slice(2).map(Number);
const emulators = await startEmulators();
const project = await temporaryProject({
  'apigen.yml': 'name: seeding\nregion: eu-west-1\nmodels: { Product: src/product.ts }\n',
  'src/product.ts': model,
});
try {
  await apigen('deploy', '--yes');
  for (const items of sizes.length > 0 ? sizes : [10_000, 100_000]) {
    const file = join(project.root, `${items}.ndjson`);
    await writeItems(file, items);
    const started = performance.now();
    const peakMb = await apigen('tables', 'seed', 'Product', file);
    const seconds = (performance.now() - started) / 1000;
    console.log(`${items} items: ${seconds.toFixed(1)} s, at most ${peakMb.toFixed(0)} MB`);
  }
} finally {
  await project.remove();
  await emulators.stop();
}

async function writeItems(file: string, items: number): Promise<void> {
  const out = createWriteStream(file);
  for (let n = 0; n < items; n += 1) {
    const line = JSON.stringify({ id: `p${n}`, name: `Product ${n}`, price: n, added: '2026-01-31T12:00:00Z' });
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Runs the built program; the largest memory it took, in MB. The process that runs the model is not counted. */
async function apigen(...args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [await builtProgram(), ...args], {
    cwd: project.root,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: emulators.ministack,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakKb = 0;
  const timer = setInterval(() => {
    peakKb = Math.max(peakKb, residentKb(child.pid));
  }, 50);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  if (code !== 0) throw new Error(`apigen ${args.join(' ')} ended with ${String(code)}`);
  return peakKb / 1024;
}

/** Linux tells it in /proc; 0 once the process is gone. */
function residentKb(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
