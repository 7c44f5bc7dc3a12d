// What a plan costs: the bill of what is deployed beside the bill of what is desired, under the project's `usage:`.

import type { LedgerState } from '../../engine/ledger.ts';
import type { Project } from '../../project/project.ts';
import { estimateChange, type ProjectChange } from '../estimate/estimate-desired.ts';
import { differenceDocument, differenceMarkdown, renderDifference } from '../estimate/render-difference.ts';
import type { View } from '../estimate/render-lines.ts';
import type { Shape } from '../estimate/shape.ts';

export type CostOfChange = ProjectChange;

/** @throws InvalidProjectError where `usage:` is wrong */
export function costOfChange(project: Project, ledger: LedgerState): CostOfChange {
  // Written by applyOptions with each release; none before the first one, or after a lost ledger.
  const live = ledger.releases[0]?.attachment as unknown as Shape | undefined;
  return estimateChange(project, live);
}

/** A few lines under a plan; nothing to say about the traffic of a project that states none. */
export function costText(cost: CostOfChange, view: View): string {
  if (cost.hasUsage || cost.difference.lines.length > 0) return renderDifference(cost.difference, view);
  return view.style.dim(
    'Monthly cost: state your traffic under usage: in apigen.yml (apigen cost-estimate init-usage)',
  );
}

export const costDocument = (cost: CostOfChange) => ({
  hasUsage: cost.hasUsage,
  ...differenceDocument(cost.difference),
});

export const costMarkdown = (cost: CostOfChange): string => differenceMarkdown(cost.difference);
