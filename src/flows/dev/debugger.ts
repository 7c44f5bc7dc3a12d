// The inspector of `apigen dev --inspect`: one address for the server and all threads of functions. It listens on this
// machine alone, whatever --host says: whoever reaches it may run any code.

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import inspector from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApigenError } from '../../errors.ts';

/**
 * Opens the inspector, unless node itself was started with one.
 * @param port 0 for any free one
 * @returns its address: `ws://127.0.0.1:9229/…`
 * @throws ApigenError `INSPECTOR_PORT_TAKEN`
 */
export function openInspector(port: number): string {
  if (inspector.url() === undefined) inspector.open(port, '127.0.0.1');
  const url = inspector.url();
  if (url !== undefined) return url;
  throw new ApigenError({
    code: 'INSPECTOR_PORT_TAKEN',
    summary: `The debugger cannot listen on 127.0.0.1:${port}`,
    detail: 'Another program listens there, perhaps another apigen dev --inspect.',
    hint: `apigen dev --inspect ${Math.min(65_535, port + 1)}`,
  });
}

/** Without waiting for a debugger that is attached. */
export function closeInspector(): void {
  inspector.close();
}

/**
 * Where bundles lie: apart, or in the project while a debugger looks at them, since editors follow source maps only in
 * the folder that is open. There they are CommonJS whatever the project's package.json says.
 */
export async function bundleFolder(root: string, debugged: boolean): Promise<string> {
  if (!debugged) return realpath(await mkdtemp(join(tmpdir(), 'apigen-dev-')));
  const folder = join(await realpath(root), '.apigen', 'inspect', String(process.pid));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  return folder;
}
