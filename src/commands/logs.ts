// `apigen logs`: what the functions printed, of all of them, of one, or of the one behind a route.

import type { Command } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { functionName, logGroupName } from '../flows/converge/graph/names.ts';
import { servedVersions } from '../flows/converge/served-versions.ts';
import { connectFor, type Session } from '../flows/converge/session.ts';
import { type LogLine, type LogSource, readLogs, tailLogs } from '../operate/read-logs.ts';
import { loadProject } from '../project/load-project.ts';
import { nearestName } from '../project/nearest-name.ts';
import type { Project } from '../project/project.ts';
import type { Ui } from '../ui/ui.ts';
import { awsOptions, flag, sessionOptions, text, versionOption } from './aws-options.ts';

export const logs: Command = {
  name: 'logs',
  summary: 'show what the functions printed',
  arguments: [{ name: 'of', summary: 'a route ("GET /products") or a function; default all', required: false }],
  options: [
    ...awsOptions,
    versionOption,
    { flags: '-t, --tail', summary: 'keep showing what comes, until Ctrl-C' },
    { flags: '--since <time>', summary: 'how far back: 30s, 10m, 2h, 1d', default: '10m' },
    { flags: '--filter <pattern>', summary: "CloudWatch's filter pattern, as ERROR" },
  ],
  examples: ['apigen logs', 'apigen logs "GET /products" --since 1h', 'apigen logs products-create --tail --json'],
  async run(input, context) {
    const { ui, signal } = context;
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const of = input.arguments['of'];
    const named = sourcesOf(project, typeof of === 'string' ? of : undefined);
    const query = { since: Date.now() - agoMs(text(input, 'since') ?? '10m'), filter: text(input, 'filter') };
    const session = await connectFor(project, options);
    const { aws } = session;
    const sources = text(input, 'apiVersion') === undefined ? named : await ofVersion(session, project, named);
    const show = (line: LogLine): void => printLine(line, ui);
    if (flag(input, 'tail')) {
      await tailLogs(aws, sources, query, signal, show);
      return 0;
    }
    const lines = await readLogs(aws, sources, query);
    for (const line of lines) show(line);
    if (lines.length === 0) ui.note(`Nothing was printed in the last ${text(input, 'since') ?? '10m'}.`);
    return 0;
  },
};

function sourcesOf(project: Project, of: string | undefined): readonly LogSource[] {
  const names = of === undefined ? Object.keys(project.functions) : [functionBehind(project, of)];
  const place = { project: project.name, stage: project.stage.name, region: project.region };
  return names.map((name) => ({ function: name, logGroup: logGroupName(functionName(place, name)) }));
}

/** Lines of one API version: functions are shared, their Lambda versions are not. */
async function ofVersion(
  session: Session,
  project: Project,
  named: readonly LogSource[],
): Promise<readonly LogSource[]> {
  const served = await servedVersions(session, project);
  const place = { project: project.name, stage: project.stage.name, region: project.region };
  return named.map((source) => ({
    ...source,
    versions: served.get(functionName(place, source.function)) ?? new Set<string>(),
  }));
}

function functionBehind(project: Project, of: string): string {
  if (of in project.functions) return of;
  const wanted = of.trim().replace(/\s+/g, ' ');
  for (const { routes } of Object.values(project.apis)) {
    const route = routes.find(({ key }) => key === wanted);
    if (route?.target.type === 'function') return route.target.function;
  }
  const known = [
    ...Object.keys(project.functions),
    ...Object.values(project.apis).flatMap(({ routes }) => routes.map(({ key }) => key)),
  ];
  const nearest = nearestName(of, known);
  throw new UsageError({
    code: 'NO_SUCH_FUNCTION',
    summary: `No route or function of ${project.name} is called ${of}`,
    detail: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
    hint: nearest === undefined ? 'apigen status' : `apigen logs "${nearest}"`,
  });
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function agoMs(since: string): number {
  const match = /^(\d+)([smhd])$/.exec(since.trim());
  const unit = unitMs[match?.[2] ?? ''];
  if (match && unit !== undefined) return Number(match[1]) * unit;
  throw new UsageError({
    code: 'BAD_DURATION',
    summary: `--since ${since} is not a time`,
    detail: 'Give a number and a unit: 30s, 10m, 2h or 1d.',
    hint: 'apigen logs --since 10m',
  });
}

function printLine(line: LogLine, ui: Ui): void {
  const at = new Date(line.at).toISOString();
  ui.line(
    { at, function: line.function, message: line.message },
    () => `${ui.style.dim(at.slice(11, 23))} ${ui.style.cyan(line.function)} ${line.message}`,
  );
}
