// What loading one model file came to, as specs and problems: stacks become lines, Dynamoose's request is checked.

import type { Position, Problem } from '../errors.ts';
import type { ModelDeclaration, Project } from '../project/project.ts';
import { checkName, checkTable, type TableFault } from './check-table.ts';
import type { Outcome } from './loader/loader-process.ts';
import type { Misstep, Stack } from './loader/protocol.ts';
import type { SourcePositions } from './loader/source-positions.ts';
import type { ModelSpec } from './model-spec.ts';
import { warningsOf } from './model-warnings.ts';
import { type PlacedModel, placeModel } from './place-model.ts';
import { specOfModel } from './spec-of-model.ts';

export interface OutcomeContext {
  readonly project: Project;
  /** Relative to the root. */
  readonly file: string;
  readonly declarations: readonly ModelDeclaration[];
  readonly positions: SourcePositions;
}

export interface FileReading {
  readonly models: readonly ModelSpec[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

export function readOutcome(context: OutcomeContext, outcome: Outcome): FileReading {
  if (outcome.kind !== 'loaded') {
    const missteps = outcome.kind === 'failed' ? outcome.missteps : [];
    return { models: [], problems: [failure(context, outcome)], warnings: prints(context, missteps) };
  }
  const problems = [...forbidden(context, outcome.missteps), ...missing(context, outcome.missing, outcome.exported)];
  const warnings = prints(context, outcome.missteps);
  const models: ModelSpec[] = [];
  for (const loaded of outcome.models) {
    const placed = placeModel(context.positions, loaded, fileStart(context));
    problems.push(...faultsOf(placed));
    if (problems.length > 0 || loaded.request === undefined) continue;
    const spec = specOfModel(placed, loaded.request, context.file);
    models.push(spec);
    warnings.push(...warningsOf(placed));
  }
  return { models, problems, warnings };
}

function failure(context: OutcomeContext, outcome: Exclude<Outcome, { kind: 'loaded' }>): Problem {
  const position = at(context, outcome.stack);
  const { file } = context;
  if (outcome.kind === 'failed' && !outcome.exited) {
    return { code: 'MODEL_FAILED', message: `${file} does not load: ${outcome.message}`, position };
  }
  const hint = 'A model file only declares: move everything else elsewhere.';
  if (outcome.kind === 'failed') {
    return {
      code: 'MODEL_EXITS',
      message: `${file} ends the process while it loads: ${outcome.message}`,
      hint,
      position,
    };
  }
  const reasons = {
    time: { code: 'MODEL_TOO_SLOW', message: `${file} had not loaded when its time was up` },
    memory: { code: 'MODEL_TOO_LARGE', message: `${file} takes too much memory while it loads` },
    died: { code: 'MODEL_EXITS', message: `${file} ends the process while it loads: ${outcome.how}` },
  };
  return { ...reasons[outcome.kind], hint, position };
}

function forbidden(context: OutcomeContext, missteps: readonly Misstep[]): Problem[] {
  const messages = {
    table: 'makes a table with new Table; apigen makes the tables of models',
    instance: 'makes a Dynamoose instance of its own, whose tables apigen would not know',
    defaults: 'sets Table.defaults, which hold the prefix of the stage',
    'local-client': 'sends its calls to this machine (aws.ddb.local), in the deployed function too',
  };
  return missteps.flatMap(({ kind, stack }) => {
    if (kind === 'print') return [];
    const message = `${context.file} ${messages[kind]}`;
    return [{ code: 'MODEL_FORBIDDEN', message, hint: 'Remove it.', position: at(context, stack) }];
  });
}

function prints(context: OutcomeContext, missteps: readonly Misstep[]): Problem[] {
  const first = missteps.find(({ kind }) => kind === 'print');
  if (first === undefined) return [];
  const message = `${context.file} prints while it loads; every start of a function will print it too`;
  return [{ code: 'MODEL_PRINTS', message, hint: 'Remove it.', position: at(context, first.stack) }];
}

function missing(
  { project, file, declarations }: OutcomeContext,
  names: readonly string[],
  exported: readonly string[],
) {
  return declarations
    .filter(({ name }) => names.includes(name))
    .map(({ name, path }): Problem => {
      const has = exported.length === 0 ? 'no model' : `the models ${exported.join(', ')}, none of them ${name}`;
      const hint = `In ${file}: export const ${name} = dynamoose.model('${name}', …)`;
      return { code: 'MODEL_NOT_EXPORTED', message: `${file} exports ${has}`, hint, position: project.position(path) };
    });
}

function faultsOf(placed: PlacedModel): Problem[] {
  const { loaded, position } = placed;
  const { name, options } = loaded;
  const faults: Problem[] = options.forbidden.map((option) => ({
    code: 'MODEL_FORBIDDEN',
    message: `The model ${name} says ${option}; apigen makes and changes its table`,
    hint: `Remove ${option}.`,
    position,
  }));
  if (options.prefix !== undefined) {
    const message = `The model ${name} sets a prefix; apigen's own keeps the tables of stages apart`;
    faults.push({ code: 'MODEL_FORBIDDEN', message, hint: 'Remove prefix.', position });
  }
  if (!loaded.explicitKey) {
    const first = loaded.schemas[0]?.attributes[0]?.name ?? 'id';
    const message = `The model ${name} has no key`;
    const hint = `Say which attribute it is: ${first}: { type: String, hashKey: true }`;
    faults.push({ code: 'MODEL_WITHOUT_KEY', message, hint, position: placed.schemaPosition });
  }
  const { ttlAttribute: ttl } = options;
  const expiring = loaded.schemas.flatMap(({ attributes }) => attributes).find((attribute) => attribute.name === ttl);
  if (expiring?.key !== undefined) {
    // Dynamoose replaces the attribute's definition, and its key or index silently goes.
    const message = `The model ${name} expires by ${expiring.name}, which is a key of the table or of an index`;
    const hint = 'Name another attribute in expires.attribute.';
    faults.push({ code: 'TTL_INVALID', message, hint, position: placed.positionOf(expiring.name) });
  }
  if (loaded.fault !== undefined) {
    faults.push({ code: 'MODEL_FAILED', message: `The table of model ${name}: ${loaded.fault}`, position });
  }
  const found = loaded.request === undefined ? checkName(loaded) : checkTable(loaded, loaded.request);
  return [...faults, ...found.map((fault) => problemOf(placed, fault))];
}

function problemOf(placed: PlacedModel, { code, message, hint, attribute }: TableFault): Problem {
  return { code, message, hint, position: placed.positionOf(attribute ?? '') };
}

function at(context: OutcomeContext, stack: Stack): Position {
  return context.positions.ofStack(stack) ?? fileStart(context);
}

function fileStart({ project, file }: OutcomeContext): Position {
  return { file: `${project.root}/${file}`, line: 1, column: 1 };
}
