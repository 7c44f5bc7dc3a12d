// Where the prices of an estimate come from, in words.

import type { Estimate } from '../../pricing/estimate.ts';
import { PRICE_SOURCES } from '../../pricing/price-rows.ts';

/** The sources behind the lines of an estimate, the most used first. */
export function sourcesOf(estimate: Estimate): string[] {
  const uses = new Map<string, number>();
  for (const line of estimate.lines) {
    for (const source of new Set(line.price?.tiers.flatMap((tier) => namesOf(tier.source)))) {
      uses.set(source, (uses.get(source) ?? 0) + 1);
    }
  }
  return [...uses].sort(([, a], [, b]) => b - a).map(([source]) => source);
}

/** The names behind a row's source codes; a code with a remark keeps its remark. */
export function namesOf(source: string): string[] {
  return source.split(/; | \/ /).map((code) => {
    const known = Object.keys(PRICE_SOURCES).find((name) => code === name || code.startsWith(`${name} `));
    const name = known === undefined ? undefined : PRICE_SOURCES[known];
    return known === undefined || name === undefined ? code : `${name}${code.slice(known.length)}`;
  });
}
