// The inspector of `apigen dev --inspect`: one address for the server and all threads of functions. It listens on this
// machine alone, whatever --host says: whoever reaches it may run any code.

import inspector from 'node:inspector';
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
