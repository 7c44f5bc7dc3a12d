// The cost side of a plan: what a project costs as it is desired, and what a change of it costs a month. Pure but for
// reading nothing: the project is loaded by whoever plans.

import { compareEstimates, type EstimateDifference } from '../../pricing/difference.ts';
import { type Estimate, estimate } from '../../pricing/estimate.ts';
import type { Project } from '../../project/project.ts';
import { buildWorkload, type Prepared } from './build-workload.ts';
import { problemsOf, readProjectUsage } from './read-usage-file.ts';
import type { Shape } from './shape.ts';
import { shapeOfProject } from './shape-of-project.ts';
import { UsageProblems } from './usage-problems.ts';
import type { Usage } from './usage-schema.ts';

export interface DesiredOptions {
  /** The usage is of a later project than the shape (the live one before a deploy): what does not fit is passed over. */
  readonly former?: boolean;
  /** Where faults of the usage are reported; default: without positions. */
  readonly problems?: UsageProblems;
}

/**
 * What a shape costs a month under a usage.
 *
 * @throws InvalidProjectError where the usage contradicts the shape (never with `former`)
 */
export function estimateDesired(shape: Shape, usage: Usage, options: DesiredOptions = {}): Estimate {
  const { workload, freeTier } = prepareDesired(shape, usage, options);
  return estimate(workload, freeTier);
}

/** The same, before pricing, with its assumptions. */
export function prepareDesired(shape: Shape, usage: Usage, options: DesiredOptions = {}): Prepared {
  const { former = false, problems = new UsageProblems('usage', () => undefined) } = options;
  return buildWorkload({ shape, usage, problems, source: 'project', former });
}

export interface ProjectChange {
  readonly difference: EstimateDifference;
  /** False where apigen.yml has no `usage:`: then only what is paid without traffic is compared. */
  readonly hasUsage: boolean;
  /** The desired shape: worth keeping with the release, so that the next plan can compare. */
  readonly shape: Shape;
}

/**
 * What deploying a project changes of the bill, under its own `usage:`.
 *
 * @param live the shape of what is deployed; undefined before the first deploy
 * @throws InvalidProjectError where `usage:` is wrong
 */
export function estimateChange(project: Project, live: Shape | undefined): ProjectChange {
  const { usage } = readProjectUsage(project);
  const shape = shapeOfProject(project);
  const after = estimateDesired(shape, usage, { problems: problemsOf(project) });
  const before = live === undefined ? undefined : estimateDesired(live, usage, { former: true });
  return { difference: compareEstimates(before, after), hasUsage: project.usage !== undefined, shape };
}
