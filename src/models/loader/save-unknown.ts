// Dynamoose's `saveUnknown`: `true`, or paths in which `*` stands for one name and `**` for any depth.

import type { AttributeSpec } from '../attribute-spec.ts';

/** Whether names that the schema does not know are kept at `path` (`''`: at the top). */
export function isOpen(saveUnknown: unknown, path: string): boolean {
  if (saveUnknown === true) return true;
  const parts = path === '' ? [] : path.split('.');
  return patternsOf(saveUnknown).some((pattern) => {
    for (const part of parts) {
      const step = pattern.shift();
      if (step === '**') return true;
      if (step !== '*' && step !== part) return false;
    }
    return pattern[0] === '*' || pattern[0] === '**';
  });
}

/** Attributes at the top that `saveUnknown` names and the schema does not: they may hold anything. */
export function unknownNames(saveUnknown: unknown, known: ReadonlySet<string>): AttributeSpec[] {
  const names = new Map<string, boolean>();
  for (const [name = '*', next] of patternsOf(saveUnknown)) {
    if (name.startsWith('*') || known.has(name)) continue;
    names.set(name, (names.get(name) ?? false) || next !== undefined);
  }
  return [...names].map(([name, deep]) => ({ name, values: [{ type: { kind: 'any', deep } }], required: false }));
}

function patternsOf(saveUnknown: unknown): string[][] {
  return Array.isArray(saveUnknown) ? saveUnknown.map((pattern) => String(pattern).split('.')) : [];
}
