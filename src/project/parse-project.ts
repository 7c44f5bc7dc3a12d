// apigen.yml's text → Project, or every problem at once. Knows no disk: what files hold is checked by check-project.

import type { Problem } from '../errors.ts';
import { atStage, DEFAULT_STAGE, declaredStages, judgeStage } from './choose-stage.ts';
import { knownNames } from './known.ts';
import { type LocatedMap, locate, offsetOf, toPlain } from './located.ts';
import type { ProblemList } from './problem-list.ts';
import type { Project, ProjectPath, ProjectStage } from './project.ts';
import { readYaml } from './read-yaml.ts';
import { checkAuthorizerTimeouts, draftApis, mentionsOf, resolveApis } from './resolve-apis.ts';
import { authorizerMentions, resolveAuthorizers } from './resolve-authorizers.ts';
import { resolveFunctions } from './resolve-functions.ts';
import { resolveModels } from './resolve-models.ts';
import { resolveQueues, resolveTopics, resolveVpcLinks } from './resolve-neighbours.ts';
import type { ProjectFile } from './schema/project-file.ts';
import { checkShape } from './shape-problems.ts';

export interface ProjectSource {
  readonly text: string;
  /** apigen.yml, absolute. */
  readonly file: string;
  /** The folder that holds it, absolute. */
  readonly root: string;
  /** Default `dev`. */
  readonly stage?: string | undefined;
  /** Wins over the file's. */
  readonly region?: string | undefined;
  /** Used where neither the caller nor the file says one: `AWS_REGION`. */
  readonly fallbackRegion?: string | undefined;
}

export type ParsedProject =
  | { readonly project: Project; readonly stages: readonly string[]; readonly problems?: undefined }
  | { readonly project?: undefined; readonly stages: readonly string[]; readonly problems: readonly Problem[] };

/**
 * Reads a project. Problems come in the order of the file, each with its position.
 *
 * @throws UsageError for a stage that cannot be meant
 */
export function parseProject(source: ProjectSource): ParsedProject {
  const stage = source.stage ?? DEFAULT_STAGE;
  const yaml = readYaml(source.text, source.file);
  if (yaml.root === undefined || yaml.root.kind !== 'map') {
    judgeStage(stage, []);
    const problems = yaml.problems.length > 0 ? yaml.problems : [notAMap(yaml.root === undefined, yaml.position(0))];
    return { stages: [], problems };
  }
  const stages = declaredStages(yaml.root);
  judgeStage(stage, stages);
  const { root, problems } = atStage(yaml.root, stage, yaml);
  const file = checkShape(toPlain(root), root, problems);
  if (file === undefined) return { stages, problems: problems.sorted() };
  const position = (path: ProjectPath) => yaml.position(offsetOf(root, path));
  const project = resolve(file, root, { ...source, stage }, problems, position);
  if (problems.problems.length > 0) return { stages, problems: problems.sorted() };
  return { project, stages };
}

function resolve(
  file: ProjectFile,
  root: LocatedMap,
  source: ProjectSource & { readonly stage: string },
  problems: ProblemList,
  position: Project['position'],
): Project {
  const stage = stageOf(file, source.stage);
  const region = source.region ?? file.region ?? source.fallbackRegion;
  const known = knownNames(root);
  const models = resolveModels(file, stage.protect, problems);
  const drafts = draftApis(region, { file, root, known, problems });
  const functions = resolveFunctions(file, known, [...authorizerMentions(file), ...mentionsOf(drafts)], problems);
  const apis = resolveApis(drafts, functions, problems);
  const authorizers = resolveAuthorizers(file, functions);
  checkAuthorizerTimeouts(apis, authorizers, functions, problems);
  if (region === undefined && locate(root, ['region']) === undefined) {
    problems.add([], {
      code: 'MISSING_REGION',
      message: 'apigen.yml has no region, and neither --region nor AWS_REGION is set',
      hint: 'Add region: eu-west-1 (or the one nearest to your users).',
    });
  }
  return {
    name: file.name,
    region: region ?? '',
    stage,
    root: source.root,
    file: source.file,
    tags: file.tags ?? {},
    ...(file.releases?.keep === undefined ? {} : { keptReleases: file.releases.keep }),
    models,
    functions: functions.functions,
    apis,
    authorizers,
    topics: resolveTopics(file),
    queues: resolveQueues(file, functions.functions, known, problems),
    vpcLinks: resolveVpcLinks(file),
    warnings: problems.warnings,
    usage: file.usage,
    position,
  };
}

function stageOf(file: ProjectFile, name: string): ProjectStage {
  const written = Object.hasOwn(file.stages ?? {}, name) ? file.stages?.[name] : undefined;
  const account = written?.account;
  return { name, protect: written?.protect ?? false, ...(account === undefined ? {} : { account }) };
}

function notAMap(empty: boolean, position: Problem['position']): Problem {
  if (empty) {
    const hint = 'Write at least name: and region:, or let apigen init write one in an empty folder.';
    return { code: 'EMPTY_FILE', message: 'apigen.yml is empty', hint, position };
  }
  return {
    code: 'WRONG_TYPE',
    message: 'apigen.yml must hold keys and values',
    hint: 'Begin with name: my-api',
    position,
  };
}
