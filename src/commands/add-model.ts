// `apigen add-model`: a Dynamoose model and its line in apigen.yml.

import { dirname, relative } from 'node:path';
import type { Command } from '../cli/command.ts';
import { type AddedModel, addModel } from '../flows/scaffold/add-model.ts';
import { kebabCase, plural } from '../flows/scaffold/words.ts';
import { refreshTypes } from '../flows/types/refresh-types.ts';
import type { Ui } from '../ui/ui.ts';
import { refreshedLines } from './refreshed-types.ts';

export const addModelCommand: Command = {
  name: 'add-model',
  summary: 'add a Dynamoose model, which becomes a DynamoDB table',
  description:
    'Writes the model under src/models and names it in apigen.yml, whose remarks and order stay as they are. ' +
    'Attributes are name:type with string, number, boolean, date, binary, map, list<string>, set<string>, set<number> ' +
    'or enum(a|b), separated by commas or spaces. A ? behind makes one optional, a ! required; those without a mark ' +
    'are required, or optional where another has a !.',
  arguments: [{ name: 'name', summary: 'the model, as Order', required: true }],
  options: [
    { flags: '--key <attribute>', summary: 'the hash key (default id:string)' },
    { flags: '--sort <attribute>', summary: 'the sort key, if it has one' },
    { flags: '--fields <list>', summary: 'further attributes, as name:string,price:number,note:string?' },
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
  ],
  async run({ arguments: words, options }, { cwd, env, ui }) {
    const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
    const added = await addModel({
      cwd,
      env,
      name: String(words['name']),
      key: text('key'),
      sort: text('sort'),
      fields: text('fields'),
      indexes: Array.isArray(options['index']) ? options['index'].map(String) : [],
      timestamps: options['timestamps'] !== false,
      ttl: text('ttl'),
      repository: options['repository'] === true,
      with: text('with'),
    });
    const { style } = ui;
    const root = dirname(added.file);
    const types = await refreshTypes(root);
    ui.result({ ...added, ...(types && { types }) }, () =>
      [
        `${style.green('✓')} Added the ${added.attributes === undefined ? 'repository of' : 'model'} ${style.bold(added.model)}`,
        ...added.created.map((path) => `  ${style.green('+')} ${path}`),
        ...(added.declared ? [`  ${style.yellow('~')} ${relative(cwd, added.file)}`] : []),
        ...refreshedLines(types, { root, cwd, style }),
        '',
        ...(options['repository'] === true ? [...repositoryAdvice(added, style), ''] : []),
        `A route that uses it: apigen add-route "POST /${plural(kebabCase(added.model))}" --model ${added.model}`,
      ].join('\n'),
    );
    return 0;
  },
};

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
