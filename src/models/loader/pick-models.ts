// Which export of a model file is meant by a name in apigen.yml: the export or the Dynamoose model of that name, then
// the default export, then the only model there is.

import type { RecordedModel } from './record-dynamoose.ts';

export interface Candidate {
  readonly exportName: string;
  readonly value: unknown;
  readonly recorded: RecordedModel;
}

/** The models that a module exports, also as `module.exports = { Product }`. */
export function candidatesOf(
  exports: Readonly<Record<string, unknown>>,
  models: ReadonlyMap<unknown, RecordedModel>,
): readonly Candidate[] {
  const inner = exports['default'];
  const nested = typeof inner === 'object' && inner !== null ? Object.entries(inner) : [];
  const seen = new Set<unknown>();
  return [...Object.entries(exports), ...nested].flatMap(([exportName, value]) => {
    const recorded = models.get(value);
    if (recorded === undefined || (seen.has(value) && exportName === 'default')) return [];
    seen.add(value);
    return [{ exportName, value, recorded }];
  });
}

/** The model for `name`, or `undefined` where the file leaves it open. */
export function pickModel(candidates: readonly Candidate[], name: string): Candidate | undefined {
  return (
    candidates.find(({ exportName }) => exportName === name) ??
    candidates.find(({ recorded }) => recorded.name === name) ??
    candidates.find(({ exportName }) => exportName === 'default') ??
    (new Set(candidates.map(({ value }) => value)).size === 1 ? candidates[0] : undefined)
  );
}
