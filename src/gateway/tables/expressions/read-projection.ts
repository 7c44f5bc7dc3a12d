// Reads projection expressions.

import { ExpressionReader, type Placeholders } from './expression-reader.ts';
import type { Path } from './syntax.ts';

// Which fault is told first.
const RANK = { reserved: 0, name: 1, overlap: 2, conflict: 3 };

/** @throws ExpressionFault */
export function readProjection(source: string, placeholders: Placeholders): readonly Path[] {
  const reader = new ExpressionReader(source, placeholders);
  const paths: Path[] = [];
  do paths.push(reader.path(RANK.name, RANK.reserved));
  while (reader.tokens.takeIf(','));
  if (reader.tokens.peek().type !== 'end') throw reader.tokens.misplaced();
  reader.checkPaths(paths, RANK.overlap, RANK.conflict);
  reader.finish();
  return paths;
}
