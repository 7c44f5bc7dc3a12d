// What a key that nobody knows was likely meant to be.

import { missingSpace } from './missing-space.ts';
import { nearestName } from './nearest-name.ts';
import { oddCharacter } from './odd-characters.ts';
import type { ProjectPath } from './project.ts';

const ROUTE = /^[A-Z]+ \/|^\$(connect|disconnect|default)$/;

/** @param known the keys of the map at `path` */
export function unknownKeyHint(path: ProjectPath, key: string, known: readonly string[]): string {
  const odd = oddCharacter(key);
  if (odd !== undefined) return `An invisible character (${odd}) stands in it: type it anew.`;
  const spaced = missingSpace(key);
  if (spaced !== undefined) return spaced;
  if (known.includes('routes') && ROUTE.test(key)) return 'It is a route: indent it, under routes.';
  const near = nearestName(key, known);
  if (near !== undefined) return `Did you mean ${near}?`;
  const own = path.length === 0 ? ' A name of yours is indented, under one of them.' : '';
  return `Known keys: ${known.join(', ')}.${own}`;
}
