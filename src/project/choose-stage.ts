// Which stage a run is about, and the project as that stage sees it.

import { UsageError } from '../errors.ts';
import { applyStage, expandShortForms } from './apply-stage.ts';
import type { Located, LocatedEntry, LocatedMap } from './located.ts';
import { nearestName } from './nearest-name.ts';
import { formatPath, type ProblemInit, ProblemList } from './problem-list.ts';
import type { ProjectPath } from './project.ts';
import type { YamlText } from './read-yaml.ts';
import { projectFile } from './schema/project-file.ts';
import { judgeStageName, stageSettings } from './schema/stage.ts';

export const DEFAULT_STAGE = 'dev';

/** Names of the stages that the file declares. */
export function declaredStages(root: LocatedMap): readonly string[] {
  const stages = root.entries.get('stages')?.node;
  return stages?.kind === 'map' ? [...stages.entries.keys()] : [];
}

/**
 * Checks a stage's name as typed. A stage needs no declaration, but one that is a slip away from a declared stage is
 * refused: a misspelt `prod` would be a second set of everything.
 *
 * @throws UsageError `INVALID_STAGE_NAME`, `UNKNOWN_STAGE`
 */
export function judgeStage(stage: string, declared: readonly string[]): void {
  if (declared.includes(stage)) return;
  const fault = judgeStageName(stage);
  if (fault !== undefined) {
    const summary = `The stage name ${JSON.stringify(stage)} ${fault.message}`;
    throw new UsageError({ code: 'INVALID_STAGE_NAME', summary, hint: fault.hint });
  }
  if (stage === DEFAULT_STAGE) return;
  const near = nearestName(stage, declared);
  // `dev2` or `pr-12` beside `dev` and `pr-1` are names of their own.
  const ownName = near === undefined || stage.startsWith(near) || /\d/.test(stage);
  if (ownName) return;
  throw new UsageError({
    code: 'UNKNOWN_STAGE',
    summary: `apigen.yml has no stage ${stage}`,
    detail: `Declared: ${declared.join(', ')}.`,
    hint: `--stage ${near}, or declare it: stages: { ${stage}: {} }`,
  });
}

/** The file with the stage's overlay applied and short forms expanded. */
export function atStage(root: LocatedMap, stage: string, yaml: YamlText): { root: LocatedMap; problems: ProblemList } {
  const stages = root.entries.get('stages')?.node;
  const chosen = stages?.kind === 'map' ? stages.entries.get(stage)?.node : undefined;
  const faults =
    stages?.kind === 'map' ? [...stages.entries].flatMap(([name, { node }]) => overlayFaults(name, node)) : [];
  const problems = new ProblemList(root, yaml.position, yaml.problems);
  for (const { path, problem } of faults) problems.add(path, problem);
  if (chosen?.kind !== 'map') return { root: expanded(root), problems: rebased(expanded(root), yaml, problems) };
  const overlay: LocatedMap = { ...chosen, entries: new Map([...chosen.entries].filter(([key]) => isOverlayKey(key))) };
  const applied = applyStage(expanded(root), overlay);
  for (const path of applied.removesNothing) {
    const message = `stages.${stage}: ${formatPath(path)} is null, but there is nothing to remove`;
    const hint = 'Remove the line, or check the spelling.';
    problems.add(['stages', stage, ...path], { code: 'REMOVES_NOTHING', message, hint, atKey: true });
  }
  return { root: applied.root, problems: rebased(applied.root, yaml, problems) };
}

function expanded(root: LocatedMap): LocatedMap {
  const node = expandShortForms(root);
  return node.kind === 'map' ? node : root;
}

/** The same problems, with further ones placed by the merged tree. */
function rebased(root: Located, yaml: YamlText, problems: ProblemList): ProblemList {
  return new ProblemList(root, yaml.position, problems.problems);
}

const ROOT_KEYS = Object.keys(projectFile.shape);
const OWN_KEYS = Object.keys(stageSettings);

function isOverlayKey(key: string): boolean {
  return ROOT_KEYS.includes(key) && key !== 'name' && key !== 'stages';
}

/** Keys of a stage that can mean nothing, whichever stage is chosen. */
function overlayFaults(stage: string, node: LocatedEntry['node']): { path: ProjectPath; problem: ProblemInit }[] {
  if (node.kind !== 'map') return [];
  const known = [...OWN_KEYS, ...ROOT_KEYS.filter(isOverlayKey)];
  return [...node.entries.keys()]
    .filter((key) => !known.includes(key))
    .map((key) => {
      const path = ['stages', stage, key];
      if (key === 'name' || key === 'stages') {
        const message = `stages.${stage} cannot override ${key}`;
        return { path, problem: { code: 'STAGE_OVERRIDES', message, hint: `Remove ${key}.`, atKey: true } };
      }
      const near = nearestName(key, known);
      const hint = near === undefined ? `Known keys: ${known.join(', ')}.` : `Did you mean ${near}?`;
      const message = `stages.${stage} has no key ${JSON.stringify(key)}`;
      return { path, problem: { code: 'UNKNOWN_KEY', message, hint, atKey: true } };
    });
}
