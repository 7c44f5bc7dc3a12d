// Tables of random models: random keys and indexes written as Dynamoose files, read by apigen.

import fc from 'fast-check';
import { readModels } from '../../../src/models/read-models.ts';
import type { TableSpec } from '../../../src/models/table-spec.ts';
import { projectOnDisk } from '../../build/projects.ts';

const keyType = fc.constantFrom('String', 'Number', 'Date', 'Buffer');
const projection = fc.constantFrom('', ', project: false', ", project: ['note']");

const attributes = fc.record({
  hash: keyType,
  range: fc.option(keyType, { nil: undefined }),
  global: fc.array(fc.record({ type: keyType, range: fc.boolean(), projection }), { maxLength: 3 }),
  local: fc.array(fc.record({ type: keyType, projection }), { maxLength: 2 }),
});

/** @returns the seed that makes the same ones again: `TABLES_SEED=…` */
export async function randomTables(
  count: number,
): Promise<{ readonly tables: readonly TableSpec[]; readonly seed: number }> {
  const seed = Number(process.env['TABLES_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const models = fc.sample(attributes, { seed, numRuns: count });
  const names = models.map((_, index) => `Model${index}`);
  const file = [
    "import * as dynamoose from 'dynamoose';",
    ...models.map(
      (model, index) =>
        `export const Model${index} = dynamoose.model('Model${index}', new dynamoose.Schema({ ${schemaOf(model)} }));`,
    ),
  ].join('\n');
  const project = projectOnDisk({
    models: Object.fromEntries(names.map((name) => [name, 'src/models.ts'])),
    files: { 'src/models.ts': file },
  });
  const { models: specs, problems } = await readModels(project);
  if (problems.length > 0) throw new Error(`seed ${seed}: ${JSON.stringify(problems)}`);
  return { tables: names.flatMap((name) => specs[name]?.table ?? []), seed };
}

type Model = typeof attributes extends fc.Arbitrary<infer T> ? T : never;

function schemaOf({ hash, range, global, local }: Model): string {
  return [
    `id: { type: ${hash}, hashKey: true }`,
    ...(range === undefined ? [] : [`at: { type: ${range}, rangeKey: true }`]),
    'note: String',
    ...global.map(({ type, range: second, projection: shown }, index) => {
      const sort = second && range !== undefined ? ", rangeKey: 'at'" : '';
      return `g${index}: { type: ${type}, index: { name: 'global${index}'${sort}${shown} } }`;
    }),
    // A local index wants a table with a sort key.
    ...(range === undefined ? [] : local).map(
      ({ type, projection: shown }, index) =>
        `l${index}: { type: ${type}, index: { type: 'local', name: 'local${index}'${shown} } }`,
    ),
  ].join(', ');
}
