// Drift as a person reads it, and as JSON.

import type { Change } from '../engine/plan.ts';
import { changeLines, type TextOptions } from './plan-text.ts';

/** Live resources that are not what the last deploy made them, while the source is. */
export interface Drift {
  readonly any: boolean;
  /** Changed or deleted by hand. */
  readonly changed: readonly Change[];
  /** Children of our resources that nobody declared: `route GET /x`. */
  readonly unknownChildren: readonly { readonly node: string; readonly child: string }[];
  /** Resources that carry this stage's tags, but neither source nor ledger know. */
  readonly strays: readonly { readonly node: string; readonly name: string }[];
  /** Changes of the source that were not deployed yet; no drift. */
  readonly undeployed: number;
}

export function driftText(drift: Drift, options: TextOptions): string {
  const { style } = options;
  const undeployed =
    drift.undeployed > 0
      ? [style.dim(`Not counted: ${drift.undeployed} changes of the source that are not deployed yet (apigen plan).`)]
      : [];
  if (!drift.any) return ['No drift: what is live is what was deployed.', ...undeployed].join('\n');
  return [
    ...drift.changed.flatMap((change) => changeLines(change, options)),
    ...drift.unknownChildren.map(({ node, child }) => style.yellow(`  ? ${child} of ${node} was not made by apigen`)),
    ...drift.strays.map(({ node, name }) =>
      style.yellow(`  ? ${name} (${node}) carries this stage's tags, but is in no release`),
    ),
    '',
    ...undeployed,
    'apigen deploy puts it right.',
  ].join('\n');
}

export function driftDocument(drift: Drift) {
  return {
    drift: drift.any,
    changed: drift.changed.map(({ node, title, name, action, differences }) => ({
      node,
      title,
      name,
      deleted: action === 'create',
      differences: differences.map(({ path, from, to }) => ({ path, live: from ?? null, desired: to ?? null })),
    })),
    unknownChildren: drift.unknownChildren,
    strays: drift.strays,
    undeployed: drift.undeployed,
  };
}
