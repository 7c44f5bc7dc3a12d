// Takes the stage off a request's path. Slashes before the stage do not count; of those after it, only the path of
// `requestContext` keeps what was sent.

import { percentDecode } from '../query-string.ts';

/** Undefined when the path's first segment is not the stage. */
export function splitStage(rawPath: string, stage: string): { stagePath: string; path: string } | undefined {
  const [, first = '', rest = ''] = /^\/*([^/]*)(.*)$/s.exec(rawPath) ?? [];
  if (first !== stage && percentDecode(first) !== stage) return undefined;
  return { stagePath: `/${first}${rest}`, path: `/${rest.replace(/^\/+/, '')}` };
}
