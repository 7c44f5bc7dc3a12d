// Whether a stream takes colours, and how many. The person's word wins over the environment's,
// and the environment's over what the stream looks like.

import type { OutputStream } from './streams.ts';

/** chalk's levels: none, 16 colours, 256, 16 million. */
export type ColorLevel = 0 | 1 | 2 | 3;

/**
 * `--no-color` first, then FORCE_COLOR, then NO_COLOR (https://no-color.org: any value that is not empty),
 * then TERM=dumb; a stream that is no terminal has no colours.
 *
 * @param allowed false when `--no-color` was given.
 */
export function colorLevel(stream: OutputStream, env: NodeJS.ProcessEnv, allowed: boolean): ColorLevel {
  if (!allowed) return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forcedLevel(forced);
  if (env['NO_COLOR'] || env['TERM'] === 'dumb' || stream.isTTY !== true) return 0;
  if (/^(truecolor|24bit)$/.test(env['COLORTERM'] ?? '')) return 3;
  return /256/.test(env['TERM'] ?? '') ? 2 : 1;
}

function forcedLevel(value: string): ColorLevel {
  if (value === '0' || value === 'false') return 0;
  if (value === '2') return 2;
  return value === '3' ? 3 : 1;
}
