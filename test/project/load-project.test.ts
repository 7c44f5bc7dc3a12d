import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidProjectError, UsageError } from '../../src/errors.ts';
import { loadProject } from '../../src/project/load-project.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'apigen-load-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (text: string | Uint8Array, name = 'apigen.yml') => writeFileSync(join(root, name), text);

describe('loadProject', () => {
  it('finds apigen.yml from any folder of the project', async () => {
    write('name: shop\nregion: eu-west-1\n');
    mkdirSync(join(root, 'src/deep'), { recursive: true });
    const project = await loadProject({ cwd: join(root, 'src/deep') });
    expect(project).toMatchObject({ root, file: join(root, 'apigen.yml') });
  });

  it('says where it looked, and how to begin', async () => {
    await expect(loadProject({ cwd: root })).rejects.toMatchObject({
      code: 'NO_PROJECT',
      summary: expect.stringContaining(root),
      hint: expect.stringContaining('apigen init'),
    });
  });

  it('says so when the file is called apigen.yaml', async () => {
    write('name: shop\n', 'apigen.yaml');
    await expect(loadProject({ cwd: root })).rejects.toMatchObject({ hint: 'mv apigen.yaml apigen.yml' });
  });

  it('refuses bytes that are not UTF-8', async () => {
    write(new Uint8Array([0x6e, 0x3a, 0x20, 0xff, 0xfe]));
    await expect(loadProject({ cwd: root })).rejects.toMatchObject({
      code: 'PROJECT_UNREADABLE',
      detail: 'It is not UTF-8 text.',
    });
  });

  it('throws all problems at once', async () => {
    write('name: Shop\nregion: nowhere\n');
    const failure = loadProject({ cwd: root });
    await expect(failure).rejects.toBeInstanceOf(InvalidProjectError);
    await expect(failure).rejects.toMatchObject({ problems: [{ code: 'INVALID_NAME' }, { code: 'UNKNOWN_REGION' }] });
  });

  it('takes the region from the flag, the file, AWS_REGION and AWS_DEFAULT_REGION, in this order', async () => {
    const env = { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-1' };
    write('name: shop\nregion: eu-west-1\n');
    expect((await loadProject({ cwd: root, env, region: 'us-east-1' })).region).toBe('us-east-1');
    expect((await loadProject({ cwd: root, env })).region).toBe('eu-west-1');
    write('name: shop\n');
    expect((await loadProject({ cwd: root, env })).region).toBe('us-west-2');
    expect((await loadProject({ cwd: root, env: { AWS_DEFAULT_REGION: 'us-west-1' } })).region).toBe('us-west-1');
  });

  it.each([
    [{ region: 'eu-wset-1' }, '--region', 'Did you mean eu-west-1?'],
    [{ env: { AWS_REGION: 'us-eats-1' } }, 'AWS_REGION', 'Did you mean us-east-1?'],
  ])('refuses a region that does not exist: %j', async (options, source, hint) => {
    write('name: shop\n');
    const failure = loadProject({ cwd: root, ...options });
    await expect(failure).rejects.toBeInstanceOf(UsageError);
    await expect(failure).rejects.toMatchObject({
      code: 'UNKNOWN_REGION',
      hint,
      summary: expect.stringContaining(source),
    });
  });
});
