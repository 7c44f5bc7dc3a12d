import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFiles } from '../../../src/flows/scaffold/create-files.ts';

let root: string;
let elsewhere: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-files-')));
  elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-elsewhere-')));
});
afterEach(() => {
  for (const folder of [root, elsewhere]) rmSync(folder, { recursive: true });
});

describe('createFiles', () => {
  it('makes the folders it needs, and can take everything back', async () => {
    mkdirSync(join(root, 'src'));
    const undo = await createFiles(root, [
      { path: 'src/a/b/c.ts', text: 'c' },
      { path: 'src/a/d.ts', text: 'd' },
    ]);
    expect(readFileSync(join(root, 'src/a/b/c.ts'), 'utf8')).toBe('c');
    await undo();
    expect(readdirSync(root)).toEqual(['src']);
    expect(readdirSync(join(root, 'src'))).toEqual([]);
  });

  it('never overwrites, and takes back what it wrote before', async () => {
    writeFileSync(join(root, 'b.ts'), 'mine');
    const files = [
      { path: 'new/a.ts', text: 'a' },
      { path: 'b.ts', text: 'b' },
    ];
    await expect(createFiles(root, files)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(readFileSync(join(root, 'b.ts'), 'utf8')).toBe('mine');
    expect(existsSync(join(root, 'new'))).toBe(false);
  });

  it('leaves a folder that got other files in the meantime', async () => {
    const undo = await createFiles(root, [{ path: 'src/a.ts', text: 'a' }]);
    writeFileSync(join(root, 'src/theirs.ts'), 'theirs');
    await undo();
    expect(readdirSync(join(root, 'src'))).toEqual(['theirs.ts']);
  });

  it.each(['../out.ts', 'src/../../out.ts'])('does not leave the project by %s', async (path) => {
    await expect(createFiles(root, [{ path, text: 'x' }])).rejects.toMatchObject({ code: 'LEAVES_PROJECT' });
    expect(existsSync(join(root, '..', 'out.ts'))).toBe(false);
  });

  it('does not follow a link to a folder outside', async () => {
    symlinkSync(elsewhere, join(root, 'src'));
    await expect(createFiles(root, [{ path: 'src/a.ts', text: 'x' }])).rejects.toMatchObject({
      code: 'LEAVES_PROJECT',
    });
    await expect(createFiles(root, [{ path: 'src/deep/a.ts', text: 'x' }])).rejects.toMatchObject({
      code: 'LEAVES_PROJECT',
    });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('does not write through a link to a file, even one that leads nowhere', async () => {
    symlinkSync(join(elsewhere, 'target.ts'), join(root, 'a.ts'));
    await expect(createFiles(root, [{ path: 'a.ts', text: 'x' }])).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('follows a link that stays inside', async () => {
    mkdirSync(join(root, 'code'));
    symlinkSync(join(root, 'code'), join(root, 'src'));
    await createFiles(root, [{ path: 'src/a.ts', text: 'x' }]);
    expect(readdirSync(join(root, 'code'))).toEqual(['a.ts']);
  });

  it('says when a file stands where a folder is needed', async () => {
    writeFileSync(join(root, 'src'), 'a file');
    await expect(createFiles(root, [{ path: 'src/a.ts', text: 'x' }])).rejects.toMatchObject({
      code: 'FILE_EXISTS',
      summary: expect.stringContaining('is a file where a folder is needed'),
    });
  });
});
