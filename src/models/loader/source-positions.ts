// From places in a bundle back to places in the sources, by the bundle's source map.

import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position } from '../../errors.ts';
import type { ModelBundle } from './bundle-model.ts';
import type { Stack } from './protocol.ts';

export interface SourcePositions {
  /** The innermost frame of a stack that stands in a source of the project. */
  ofStack(stack: Stack): Position | undefined;
  /** Line and column from 0, as V8 counts. */
  ofPlace(url: string, line: number, column: number): Position | undefined;
}

/**
 * @param root of the project
 * @param path where the bundle was written
 */
export function sourcePositions(root: string, path: string, bundle: ModelBundle): SourcePositions {
  const map = new SourceMap(JSON.parse(bundle.map));
  const url = pathToFileURL(path).href;
  const frames = new RegExp(`${url.replace(/[^\w/:]/g, '\\$&')}:(\\d+):(\\d+)`, 'g');

  function ofPlace(at: string, line: number, column: number): Position | undefined {
    if (at !== url) return undefined;
    const entry = map.findEntry(line, column);
    if (!('originalSource' in entry) || entry.originalSource.includes('node_modules/')) return undefined;
    const file = join(root, entry.originalSource);
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }

  return {
    ofPlace,
    ofStack: (stack) => {
      for (const [, line, column] of stack.matchAll(frames)) {
        const position = ofPlace(url, Number(line) - 1, Number(column) - 1);
        if (position !== undefined) return position;
      }
      return undefined;
    },
  };
}
