// `apigen add-model`: a Dynamoose model and its line in apigen.yml.

import { dirname, relative } from 'node:path';
import type { Command, CommandContext, CommandInput } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { type AddedModel, addModel } from '../flows/scaffold/add-model.ts';
import { withKinds } from '../flows/scaffold/item-kinds.ts';
import { kebabCase, plural } from '../flows/scaffold/words.ts';
import { refreshTypes } from '../flows/types/refresh-types.ts';
import { loadProject } from '../project/load-project.ts';
import type { Ui } from '../ui/ui.ts';
import { askModel, commandOf, type ModelFlags } from './ask-model.ts';
import { refreshedLines } from './refreshed-types.ts';

export const addModelCommand: Command = {
  name: 'add-model',
  summary: 'add a Dynamoose model, which becomes a DynamoDB table',
  description:
    'Writes the model under src/models and names it in apigen.yml, whose remarks and order stay as they are. ' +
    'Attributes are name:type with string, number, boolean, date, binary, map, list<string>, set<string>, set<number> ' +
    'or enum(a|b), separated by commas or spaces. A ? behind makes one optional, a ! required; those without a mark ' +
    'are required, or optional where another has a !.',
  arguments: [{ name: 'name', summary: 'the model, as Order; without it, on a terminal, questions', required: false }],
  options: [
    { flags: '--key <attribute>', summary: 'the hash key (default id:string)' },
    { flags: '--sort <attribute>', summary: 'the sort key, if it has one' },
    { flags: '--fields <list>', summary: 'further attributes, as name:string,price:number,note:string?' },
    { flags: '--kinds <list>', summary: 'items of several kinds under one hash key, as order,line (single table)' },
    { flags: '--index <name:hash,sort>', summary: 'a global index, as byCategory:category,price', repeatable: true },
    { flags: '--repository', summary: 'write functions beside it that store, change and list, and their test' },
    { flags: '--with <model>', summary: 'the repository also stores this model and changes that one, both or neither' },
    { flags: '--no-timestamps', summary: 'no createdAt and updatedAt' },
    { flags: '--ttl <attribute>', summary: 'items expire at the time that this attribute holds' },
  ],
  examples: [
    'apigen add-model Customer --fields "name:string,email:string"',
    'apigen add-model Order --key customerId --sort placedAt --fields "total:number,note:string?"',
    'apigen add-model Game --fields "title:string! category:string! price:number tags:set<string>" --index byCategory:category,price',
    'apigen add-model Order --key customerId --sort placedAt:date --fields total:number --repository',
    'apigen add-model Order --key orderId --kinds order,line --fields "total:number quantity:number" --repository',
  ],
  async run(input, { cwd, env, ui }) {
    const flags = flagsOf(input);
    const typed = input.arguments['name'];
    const asks = typed === undefined;
    const answers = asks ? await ask(flags, { cwd, env, ui }) : { ...flags, name: String(typed) };
    const added = await addModel({ ...answers, cwd, env });
    const { style } = ui;
    const root = dirname(added.file);
    const types = await refreshTypes(root);
    const command = asks ? { command: commandOf(answers) } : {};
    ui.result({ ...added, ...(types && { types }), ...command }, () =>
      [
        `${style.green('✓')} Added the ${added.attributes === undefined ? 'repository of' : 'model'} ${style.bold(added.model)}`,
        ...added.created.map((path) => `  ${style.green('+')} ${path}`),
        ...(added.declared ? [`  ${style.yellow('~')} ${relative(cwd, added.file)}`] : []),
        ...refreshedLines(types, { root, cwd, style }),
        '',
        ...(answers.repository === true ? [...repositoryAdvice(added, style), ''] : []),
        ...(hasBinaryKey(added)
          ? []
          : [
              `All five routes of it: apigen add-route --crud ${added.model}`,
              `One route that uses it: apigen add-route "POST /${plural(kebabCase(added.model))}" --model ${added.model}`,
            ]),
        ...(asks ? [`The same without questions: ${commandOf(answers)}`] : []),
      ].join('\n'),
    );
    return 0;
  },
};

function flagsOf({ options }: CommandInput): ModelFlags {
  const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
  const flags = {
    key: text('key'),
    sort: text('sort'),
    fields: text('fields'),
    indexes: Array.isArray(options['index']) ? options['index'].map(String) : [],
    timestamps: options['timestamps'] !== false,
    ttl: text('ttl'),
    repository: options['repository'] === true,
    with: text('with'),
  };
  const kinds = text('kinds');
  return kinds === undefined ? flags : withKinds(flags, kinds);
}

/** @throws UsageError `MISSING_ARGUMENT` where nobody is there to ask */
async function ask(flags: ModelFlags, { cwd, env, ui }: Pick<CommandContext, 'cwd' | 'env' | 'ui'>) {
  if (!ui.interactive) {
    throw new UsageError({
      code: 'MISSING_ARGUMENT',
      summary: "Missing required argument 'name'",
      detail: 'Questions are asked on a terminal only, and never with --json or in CI.',
      hint: 'apigen add-model Order --key customerId --sort placedAt:date',
    });
  }
  const project = await loadProject({ cwd, env: { AWS_REGION: 'us-east-1', ...env } });
  return askModel(flags, Object.keys(project.models), ui);
}

/** Which no path of a route can hold. */
function hasBinaryKey({ attributes = [] }: AddedModel): boolean {
  return attributes.some(({ role, type }) => /^(?:hash|range)Key$/.test(role) && type === 'binary');
}

/** What a function that imports the repository must be granted: importing it grants reading alone. */
function repositoryAdvice({ model, scans, with: other }: AddedModel, style: Ui['style']): readonly string[] {
  const access = (words: string) => style.cyan(`access: { ${words} }`);
  return [
    'Importing it lets a function read. What more it needs stands with its route:',
    `  create${model}, update${model}, remove${model}: ${access(`${model}: write`)}`,
    ...(scans ? [`  listAll${plural(model)}: ${access(`${model}: scan`)}`] : []),
    ...(other === undefined ? [] : [`  create${model}With${other}: ${access(`${model}: write, ${other}: write`)}`]),
    `Try it: ${style.cyan('npm test')}`,
  ];
}
