// What is to be priced: flags alone (`--type`), a usage file alone, or the project here with its `usage:` block, a
// usage file or a number of requests. Nothing that reads files is loaded for flags alone: they answer at once.

import { UsageError } from '../../errors.ts';
import { Decimal, splitByWeight, sum } from '../../pricing/decimal.ts';
import type { Project } from '../../project/project.ts';
import { type BuildInput, buildWorkload, type Prepared } from './build-workload.ts';
import { type EstimateFlags, wrong } from './flags.ts';
import { common, hasTable, usageOfFlags } from './usage-of-flags.ts';
import { UsageProblems } from './usage-problems.ts';
import type { Usage } from './usage-schema.ts';

export interface PreparedEstimate {
  readonly prepared: Prepared;
  readonly title: string | undefined;
  /** Whether routes have names. */
  readonly byRoute: boolean;
}

export interface PrepareOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * @throws UsageError where nothing says what to price, or flags contradict each other; InvalidProjectError for a
 *   broken project or usage
 */
export async function prepareEstimate(flags: EstimateFlags, options: PrepareOptions): Promise<PreparedEstimate> {
  if (flags.type !== undefined) return prepareFlags(flags);
  refuseFlagsOfType(flags);
  const project = flags.project ? await loadProjectIfAny(flags, options) : undefined;
  if (project === undefined && flags.usageFile === undefined) return prepareFlags(flags);
  const { readUsageFile, readProjectUsage } = await import('./read-usage-file.ts');
  const read = flags.usageFile === undefined ? undefined : await readUsageFile(flags.usageFile, options.cwd);
  if (project === undefined) {
    const { usage, problems } = read ?? { usage: {}, problems: noProblems() };
    const input: BuildInput = { shape: undefined, usage: merge(usage, common(flags)), problems, source: 'file' };
    const prepared = buildWorkload(input);
    return { prepared: withRequests(prepared, flags), title: flags.usageFile, byRoute: true };
  }
  const { shapeOfProject } = await import('./shape-of-project.ts');
  const { usage, problems } = read ?? readProjectUsage(project);
  if (read === undefined && project.usage === undefined && flags.requests === undefined) throw noUsage(project);
  const shape = shapeOfProject(project);
  const merged = merge(usage, flags.region === undefined ? common(flags) : { ...common(flags), region: shape.region });
  const spread = saysRequests(usage) || flags.requests === undefined ? merged : { ...merged, requests: flags.requests };
  const prepared = buildWorkload({ shape, usage: spread, problems, source: 'project' });
  const title = `${project.name} · ${project.stage.name}`;
  return { prepared: withRequests(prepared, flags), title, byRoute: true };
}

/** Flags alone. */
export function prepareFlags(flags: EstimateFlags): PreparedEstimate {
  const usage = usageOfFlags(flags);
  const { region } = flags;
  const prepared = buildWorkload({ shape: undefined, usage, problems: noProblems(), source: 'flags', region });
  const notCounted = [...prepared.notCounted, ...(hasTable(flags) ? [] : ['DynamoDB (--reads 10M --writes 1M)'])];
  return { prepared: { ...prepared, notCounted }, title: undefined, byRoute: false };
}

function merge(usage: Usage, over: Usage): Usage {
  const logs = { ...usage.logs, ...over.logs };
  return { ...usage, ...over, logs, exclude: [...(usage.exclude ?? []), ...(over.exclude ?? [])] };
}

function noProblems(): UsageProblems {
  return new UsageProblems('the flags', () => undefined);
}

async function loadProjectIfAny(flags: EstimateFlags, { cwd, env }: PrepareOptions): Promise<Project | undefined> {
  const { loadProject } = await import('../../project/load-project.ts');
  try {
    return await loadProject({ cwd, env, stage: flags.stage, region: flags.region });
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'NO_PROJECT';
    if (!missing) throw error;
    if (flags.stage !== undefined)
      throw wrong('--stage', 'there is no project here', 'Run the command in the folder of a project.');
    return undefined;
  }
}

const FLAGS_OF_TYPE = [
  'memory',
  'architecture',
  'reads',
  'writes',
  'storage',
  'sent',
  'connectionMinutes',
  'cache',
  'cacheHits',
] as const;

// With a project or a usage file these are written there; silently ignoring them would price something else.
function refuseFlagsOfType(flags: EstimateFlags): void {
  const given = FLAGS_OF_TYPE.find((name) => flags[name] !== undefined);
  if (given === undefined) return;
  const name = `--${given.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const hint = 'Add --type http (or rest, websocket); for a project write it in usage: or use --compare.';
  throw wrong(name, 'is for an estimate by flags, which names its --type', hint);
}

function saysRequests(usage: Usage): boolean {
  const ofApis = Object.values(usage.apis ?? {}).some(
    (api) =>
      (api.requests ?? api.messages) !== undefined ||
      Object.values(api.routes ?? {}).some((route) => (route.requests ?? route.messages) !== undefined),
  );
  return usage.requests !== undefined || ofApis;
}

// `--requests` over a usage that says its own keeps their mix and changes the sum.
function withRequests(prepared: Prepared, { requests }: EstimateFlags): Prepared {
  if (requests === undefined) return prepared;
  const { workload } = prepared;
  const routes = workload.apis.flatMap((api) => api.routes);
  const now = sum(routes.map((route) => route.requests));
  if (now.eq(requests) || routes.length === 0) return prepared;
  const weights = now.isZero() ? routes.map(() => new Decimal(1)) : routes.map((route) => route.requests);
  const parts = splitByWeight(requests, weights);
  let next = 0;
  const apis = workload.apis.map((api) => ({
    ...api,
    routes: api.routes.map((route) => ({ ...route, requests: parts[next++] ?? route.requests })),
  }));
  return { ...prepared, workload: { ...workload, apis } };
}

function noUsage(project: Project): UsageError {
  return new UsageError({
    code: 'NO_USAGE',
    summary: `How much traffic does ${project.name} have? Its apigen.yml has no usage`,
    hint: 'apigen cost-estimate --requests 10M    (or: apigen cost-estimate init-usage, then --usage usage.yml)',
  });
}
