// Functions whose packages lie in a chunk: saved, they load in threads that had the chunk loaded beforehand.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reported, type TestFunctions, testFunctions } from './function-sources.ts';

let functions: TestFunctions;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apigen-vendor-'));
  functions = await testFunctions();
});
afterAll(async () => {
  await functions.close();
  await rm(folder, { recursive: true, force: true });
});

/** A chunk that counts how often it was loaded. */
async function chunk(name: string, reads: string): Promise<string> {
  const file = join(folder, `${name}.cjs`);
  await writeFile(
    file,
    `const { appendFileSync, readFileSync } = require('node:fs');
    const value = () => {
      appendFileSync(${JSON.stringify(`${file}.loads`)}, '+');
      return { load: readFileSync(${JSON.stringify(`${file}.loads`)}).length, read: ${reads} };
    };
    let taken; exports.take = () => (taken ??= value()); exports.preload = () => { exports.take(); };`,
  );
  return file;
}

const loads = (vendor: string): number => (existsSync(`${vendor}.loads`) ? readFileSync(`${vendor}.loads`).length : 0);

/** Until the chunk was loaded so often, and the server heard of it. */
async function loaded(vendor: string, count: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; loads(vendor) < count && Date.now() < deadline; ) await sleep(10);
  await sleep(600);
  expect(loads(vendor)).toBe(count);
}

const using = (vendor: string, version: number): string =>
  `const taken = require(${JSON.stringify(vendor)}).take('x');
  exports.handler = async () => ({ version: ${version}, ...taken, env: process.env });`;

async function answer(name: string): Promise<Record<string, unknown>> {
  const result = await functions.invoke(name);
  if (result.type !== 'success') throw new Error(JSON.stringify(result));
  return JSON.parse(result.payload);
}

describe('a function that is saved', () => {
  it('loads where its packages were loaded before, with its own environment as it is now', async () => {
    const vendor = await chunk('early', `process.env.REGION`);
    const put = (version: number, environment: Record<string, string>) =>
      functions.put('early', using(vendor, version), { vendor, environment });
    await put(1, { REGION: 'eu', OLD: 'o', SAME: 's' });
    expect(await answer('early')).toMatchObject({ load: 1, read: 'eu' });
    await loaded(vendor, 2);
    await put(2, { REGION: 'eu', NEW: 'n', SAME: 's' });
    const saved = await answer('early');
    expect(saved).toMatchObject({ version: 2, load: 2, read: 'eu' });
    const { _X_AMZN_TRACE_ID: _, ...env } = saved['env'] as Record<string, string>;
    expect(env).toEqual({ REGION: 'eu', NEW: 'n', SAME: 's' });
  });

  it('shares what stands ready with another of the same packages', async () => {
    const vendor = await chunk('shared', `'nothing'`);
    await functions.put('shared-a', using(vendor, 1), { vendor, environment: { NAME: 'a' } });
    await answer('shared-a');
    await loaded(vendor, 2);
    await functions.put('shared-b', using(vendor, 1), { vendor, environment: { NAME: 'b' } });
    expect(await answer('shared-b')).toMatchObject({ load: 2, env: { NAME: 'b' } });
  });

  it.each([
    ['read', `process.env.REGION`, 'us'],
    ['asked for', `'REGION' in process.env`, true],
    ['listed', `Object.keys(process.env).includes('REGION')`, true],
    ['kept for later', `(({ env }) => env.REGION)(process)`, 'us'],
  ])('loads afresh where a variable that its packages %s differs', async (_how, reads, expected) => {
    const vendor = await chunk(`differs-${expected}-${reads.length}`, reads);
    const name = `differs-${reads.length}`;
    await functions.put(name, using(vendor, 1), { vendor, environment: {} });
    await answer(name);
    await loaded(vendor, 2);
    await functions.put(name, using(vendor, 2), { vendor, environment: { REGION: 'us' } });
    expect(await answer(name)).toMatchObject({ version: 2, load: 3, read: expected });
  });

  it('reports what its packages throw, each time', async () => {
    const vendor = await chunk('throws', `(() => { throw new Error('no such region'); })()`);
    for (const version of [1, 2, 3]) {
      await functions.put('throws', using(vendor, version), { vendor });
      expect(reported(await functions.invoke('throws')).errorMessage).toBe('no such region');
      expect(loads(vendor)).toBe(version);
    }
  });

  it('does without where its packages load only when it has prepared them', async () => {
    const vendor = await chunk('later', `process.env.READY ?? (() => { throw new Error('too early'); })()`);
    for (const version of [1, 2, 3]) {
      await functions.put('later', `process.env.READY = 'yes'; ${using(vendor, version)}`, { vendor });
      // Its own loads, and one attempt beforehand.
      expect(await answer('later')).toMatchObject({ version, load: version === 1 ? 1 : version + 1, read: 'yes' });
      await loaded(vendor, version + 1);
    }
  });

  it('meets another chunk after its packages changed', async () => {
    const before = await chunk('before', `'before'`);
    await functions.put('changes', using(before, 1), { vendor: before });
    await answer('changes');
    await loaded(before, 2);
    const after = await chunk('after', `'after'`);
    await functions.put('changes', using(after, 2), { vendor: after });
    expect(await answer('changes')).toMatchObject({ version: 2, load: 1, read: 'after' });
  });

  it('finds the compiled code of its packages beside them, and does without where that is broken', async () => {
    const vendor = await chunk('compiled', `'compiled'`);
    await functions.put('compiled', using(vendor, 1), { vendor });
    await answer('compiled');
    await loaded(vendor, 2);
    const kept = readdirSync(folder).filter((name) => name.startsWith('compiled.cjs.v8-'));
    expect(kept).toHaveLength(1);
    await writeFile(join(folder, String(kept[0])), 'no code at all');
    await functions.put('compiled-too', using(vendor, 2), { vendor, memoryMb: 200 });
    expect(await answer('compiled-too')).toMatchObject({ version: 2, read: 'compiled' });
  });
});

/** Of this process, where the system tells. */
const threads = (): number => (existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0);

describe('threads that stand ready', () => {
  it('end with the functions', async () => {
    const others = await testFunctions();
    const vendor = await chunk('ends', `'ends'`);
    await others.put('ends', using(vendor, 1), { vendor });
    await others.put('plain', 'exports.handler = async () => 1;');
    const before = threads();
    await Promise.all([others.invoke('ends'), others.invoke('plain')]);
    await loaded(vendor, 2);
    const standing = threads();
    await others.close();
    await sleep(500);
    // One for each function, one spare of each kind.
    expect(standing - threads()).toBe(before === 0 ? 0 : 4);
  });
});
