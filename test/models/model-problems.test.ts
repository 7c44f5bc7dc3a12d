import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readModels } from '../../src/models/read-models.ts';
import { projectOnDisk, removeProjects } from '../build/projects.ts';
import { readProduct } from './product.ts';

afterAll(removeProjects);

const HEAD = `import * as dynamoose from 'dynamoose';\n`;
const KEY = `{ id: { type: String, hashKey: true } }`;
const GOOD = `${HEAD}export const Product = dynamoose.model('Product', ${KEY});\n`;

/** What is wrong, the code, and the problem: its code, a part of its message, its line. */
type Case = [reason: string, code: string, problem: string, message: string, line: number];

/** All cases as model files of one project, read at once. */
async function readCases(cases: readonly Case[]) {
  const files = cases.map(([, code], index) => [`case-${index}.ts`, code]);
  const project = projectOnDisk({
    files: Object.fromEntries(files),
    models: Object.fromEntries(cases.map((_, index) => [`Model${index}`, `case-${index}.ts`])),
  });
  const { models, problems } = await readModels(project);
  const fileOf = (reason: string) => join(project.root, `case-${cases.findIndex(([one]) => one === reason)}.ts`);
  return {
    models,
    problemsOf: (reason: string) => problems.filter(({ position }) => position?.file === fileOf(reason)),
  };
}

const BROKEN: Case[] = [
  ['a syntax error', `${HEAD}const a = 1;\nconst = 2;`, 'BUILD_FAILED', 'Expected identifier', 3],
  [
    'an exception',
    `${HEAD}\nconst nothing: { x: number } | undefined = undefined as never;\nnothing.x;`,
    'MODEL_FAILED',
    'TypeError',
    4,
  ],
  ['something thrown that is no error', `${HEAD}throw 'away';`, 'MODEL_FAILED', 'away', 1],
  [
    'a rejected promise that nobody awaits',
    `${GOOD}Promise.reject(new Error('unheard'));`,
    'MODEL_FAILED',
    'unheard',
    3,
  ],
  ['an error in a later turn', `${GOOD}setImmediate(() => { throw new Error('late'); });`, 'MODEL_FAILED', 'late', 3],
  ['process.exit', `${GOOD}\nprocess.exit(0);`, 'MODEL_EXITS', 'process.exit(0)', 4],
  ['process.kill', `${GOOD}process.kill(process.pid, 'SIGKILL');`, 'MODEL_EXITS', 'SIGKILL', 1],
  [
    'a call of DynamoDB',
    `${GOOD}\nawait Product.get('1');`,
    'MODEL_FAILED',
    'must not call DynamoDB while it loads',
    4,
  ],
  [
    'a schema that Dynamoose refuses',
    `${HEAD}\n\nnew dynamoose.Schema({ 'a.b': String });`,
    'MODEL_FAILED',
    'must not contain dots',
    4,
  ],
];

describe('a model file that does not load', () => {
  const broken = readCases(BROKEN);

  it.each(BROKEN)('because of %s is one problem with its line', async (reason, _, problem, message, line) => {
    const { models, problemsOf } = await broken;
    expect(problemsOf(reason)).toMatchObject([
      { code: problem, message: expect.stringContaining(message), position: { line } },
    ]);
    expect(models).toEqual({});
  });

  it.each([
    [
      'loops for ever',
      `${GOOD}let n = 0;\nfunction spin() {\n  while (n >= 0) n = (n + 1) % 7;\n}\nspin();`,
      'MODEL_TOO_SLOW',
      5,
    ],
    ['waits for ever', `${GOOD}setInterval(() => 1, 1000);\nawait new Promise(() => undefined);`, 'MODEL_TOO_SLOW', 1],
    [
      'fills the heap',
      `${GOOD}const all: object[] = [];\nfunction fill() {\n  for (;;) all.push(new Array(1000).fill({}));\n}\nfill();`,
      'MODEL_TOO_LARGE',
      5,
    ],
    [
      'fills memory outside the heap',
      `${GOOD}const all: Buffer[] = [];\nfor (;;) all.push(Buffer.alloc(1e7, 1));`,
      'MODEL_TOO_LARGE',
      4,
    ],
  ])('because it %s is ended, with the line it was at', async (_, code, problem, line) => {
    // On a busy machine a heap takes its time to fill: only what never ends may meet the time limit.
    const timeLimitMs = problem === 'MODEL_TOO_LARGE' ? 30_000 : 4_000;
    const { problems, path } = await readProduct(code, {}, { timeLimitMs, memoryMb: 96 });
    expect(problems).toMatchObject([{ code: problem, position: { file: path, line } }]);
  });

  it('is reported with its package when an import leads nowhere', async () => {
    const { problems, path } = await readProduct(`import { x } from 'left-pad';\nexport const Product = x;`);
    expect(problems).toMatchObject([
      {
        code: 'UNRESOLVED_IMPORT',
        message: 'The package left-pad is not installed',
        hint: 'npm install left-pad',
        position: { file: path, line: 1 },
      },
    ]);
  });

  it('is reported at apigen.yml when there is no such file, and without Dynamoose', async () => {
    const missing = projectOnDisk({ files: {}, models: { Product: 'src/nowhere.ts' } });
    expect((await readModels(missing)).problems).toMatchObject([
      { code: 'MODEL_FILE_NOT_FOUND', hint: 'apigen add-model Product', position: { file: missing.file, line: 7 } },
    ]);
    const bare = await readProduct(GOOD, { packages: false });
    expect(bare.problems).toMatchObject([{ code: 'DYNAMOOSE_MISSING', hint: 'npm install dynamoose@4' }]);
  });

  it('does not hide other models, nor their problems', async () => {
    const project = projectOnDisk({
      files: {
        'a.ts': `for (;;) {}`,
        'b.ts': GOOD.replaceAll('Product', 'B'),
        'c.ts': `process.kill(process.pid);`,
        'd.ts': `export const = 1;`,
        'e.ts': `throw new Error('e');`,
        'f.ts': GOOD.replaceAll('Product', 'F'),
      },
      models: { A: 'a.ts', B: 'b.ts', C: 'c.ts', D: 'd.ts', E: 'e.ts', F: 'f.ts' },
    });
    const { models, problems } = await readModels(project, { timeLimitMs: 4_000 });
    expect(Object.keys(models)).toEqual(['B', 'F']);
    expect(problems.map(({ code, position }) => [code, position?.file.replace(join(project.root, '/'), '')])).toEqual([
      ['MODEL_TOO_SLOW', 'a.ts'],
      ['MODEL_EXITS', 'c.ts'],
      ['BUILD_FAILED', 'd.ts'],
      ['MODEL_FAILED', 'e.ts'],
    ]);
  });
});

const REFUSED: Case[] = [
  [
    'that expires by an index',
    `${HEAD}export const Product = dynamoose.model('Product', { id: { type: String, hashKey: true },\n  gone: { type: Number, index: true } }, { expires: { attribute: 'gone', ttl: 1 } });`,
    'TTL_INVALID',
    'expires by gone',
    3,
  ],
  [
    'without a key',
    `${HEAD}\nexport const Product = dynamoose.model('Product', new dynamoose.Schema({ sku: String }));`,
    'MODEL_WITHOUT_KEY',
    'has no key',
    3,
  ],
  [
    'with create',
    `${HEAD}export const Product = dynamoose.model('Product', ${KEY}, { create: true });`,
    'MODEL_FORBIDDEN',
    'says create',
    2,
  ],
  [
    'with update',
    `${HEAD}export const Product = dynamoose.model('Product', ${KEY}, { update: ['ttl'] });`,
    'MODEL_FORBIDDEN',
    'says update',
    2,
  ],
  [
    'with waitForActive',
    `${HEAD}export const Product = dynamoose.model('Product', ${KEY}, { waitForActive: { enabled: true } });`,
    'MODEL_FORBIDDEN',
    'says waitForActive',
    2,
  ],
  [
    'with a prefix of its own',
    `${HEAD}export const Product = dynamoose.model('Product', ${KEY}, { prefix: 'x-' });`,
    'MODEL_FORBIDDEN',
    'sets a prefix',
    2,
  ],
  [
    'beside new Table',
    `${HEAD}export const Product = dynamoose.model('Product', ${KEY});\n\nexport const table = new dynamoose.Table('T', [Product]);`,
    'MODEL_FORBIDDEN',
    'new Table',
    4,
  ],
  [
    'beside an instance of Dynamoose',
    `${HEAD}export const Product = dynamoose.model('Product', ${KEY});\nnew dynamoose.Instance();`,
    'MODEL_FORBIDDEN',
    'instance of its own',
    3,
  ],
  [
    'beside other defaults',
    `${HEAD}dynamoose.Table.defaults.set({ create: true });\nexport const Product = dynamoose.model('Product', ${KEY});`,
    'MODEL_FORBIDDEN',
    'Table.defaults',
    2,
  ],
  [
    'beside a local client',
    `${HEAD}dynamoose.aws.ddb.local();\nexport const Product = dynamoose.model('Product', ${KEY});`,
    'MODEL_FORBIDDEN',
    'this machine',
    2,
  ],
  [
    'with a key that DynamoDB cannot have',
    `${HEAD}export const Product = dynamoose.model('Product', {\n  id: { type: Boolean, hashKey: true } });`,
    'KEY_TYPE_INVALID',
    'BOOL',
    3,
  ],
  [
    'with a key of several types',
    `${HEAD}export const Product = dynamoose.model('Product', { id: { type: [String, Number], hashKey: true } });`,
    'MODEL_FAILED',
    'multiple types',
    2,
  ],
  [
    'with a reserved name',
    `${HEAD}export const Product = dynamoose.model('constructor', ${KEY});`,
    'TABLE_NAME_INVALID',
    'reserved name',
    2,
  ],
  [
    'with a name that DynamoDB refuses',
    `${HEAD}export const Product = dynamoose.model('Prödukt', ${KEY});`,
    'TABLE_NAME_INVALID',
    'letters, digits',
    2,
  ],
  [
    'with an over-long name',
    `${HEAD}export const Product = dynamoose.model('P'.repeat(247), ${KEY});`,
    'TABLE_NAME_INVALID',
    '256 characters',
    2,
  ],
  [
    'with an index whose range key does not exist',
    `${HEAD}export const Product = dynamoose.model('Product', { id: { type: String, hashKey: true, index: { rangeKey: 'nope' } } });`,
    'MODEL_FAILED',
    'nope',
    2,
  ],
  [
    'with a local index but no range key',
    `${HEAD}export const Product = dynamoose.model('Product', {\n  id: { type: String, hashKey: true },\n  name: { type: String, index: { type: 'local' } } });`,
    'INDEX_INVALID',
    'needs a range key',
    4,
  ],
  [
    'with an index that projects a list of nothing',
    `${HEAD}export const Product = dynamoose.model('Product', {\n  id: { type: String, hashKey: true },\n  name: { type: String, index: { project: [] } } });`,
    'INDEX_INVALID',
    'projects 0 attributes',
    4,
  ],
  [
    'with two indexes of one name',
    `${HEAD}export const Product = dynamoose.model('Product', { id: { type: String, hashKey: true }, a: { type: String, index: { name: 'one' } }, b: { type: String, index: { name: 'one' } } });`,
    'INDEX_INVALID',
    'called one',
    2,
  ],
  [
    'with an index name that DynamoDB refuses',
    `${HEAD}export const Product = dynamoose.model('Product', { id: { type: String, hashKey: true },\n  a: { type: String, index: { name: 'x' } } });`,
    'INDEX_INVALID',
    'a name that DynamoDB refuses',
    3,
  ],
  [
    'with 21 global indexes',
    `${HEAD}const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => ['a' + i, { type: String, index: true }]));\nexport const Product = dynamoose.model('Product', { id: { type: String, hashKey: true }, ...many });`,
    'TOO_MANY_INDEXES',
    '21 global indexes',
    3,
  ],
];

describe('a model is refused', () => {
  const refused = readCases(REFUSED);

  it.each(REFUSED)('%s', async (reason, _, problem, message, line) => {
    const { models, problemsOf } = await refused;
    expect(problemsOf(reason)).toMatchObject([
      { code: problem, message: expect.stringContaining(message), position: { line } },
    ]);
    expect(models).toEqual({});
  });

  it('when it shares its table with another', async () => {
    const project = projectOnDisk({
      files: {
        'a.ts': GOOD,
        'b.ts': `${HEAD}\nexport default dynamoose.model('Other', ${KEY}, { tableName: 'Product' });`,
      },
      models: { Product: 'a.ts', Other: 'b.ts' },
    });
    expect((await readModels(project)).problems).toMatchObject([
      {
        code: 'TABLE_SHARED',
        message: 'The models Product and Other share the table shop-dev-Product',
        position: { file: join(project.root, 'b.ts'), line: 3 },
      },
    ]);
  });
});

describe('a model works, with a warning,', () => {
  it('when its file prints, once, with the line', async () => {
    const { models, problems, warnings, path } = await readProduct(
      `${GOOD}\nconsole.log('here');\nconsole.error('there');`,
    );
    expect(problems).toEqual([]);
    expect(Object.keys(models)).toEqual(['Product']);
    expect(warnings).toMatchObject([{ code: 'MODEL_PRINTS', position: { file: path, line: 4 } }]);
  });

  it('when it says what apigen.yml decides', async () => {
    const { problems, warnings } = await readProduct(
      `${HEAD}export const Product = dynamoose.model('Product', ${KEY}, { create: false, update: false, waitForActive: false, throughput: 5, tags: { a: 'b' } });`,
    );
    expect(problems).toEqual([]);
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['MODEL_OPTION_IGNORED', 'The model Product says throughput, which has no effect'],
      ['MODEL_OPTION_IGNORED', 'The model Product says tags, which has no effect'],
    ]);
  });

  it('when Dynamoose would empty an attribute, with the line of that attribute', async () => {
    const { warnings } = await readProduct(
      `${HEAD}export const Product = dynamoose.model('Product', {\n  id: { type: String, hashKey: true },\n  // list: nothing\n  list: Array,\n  inner: { type: Object, schema: {\n    list: Object } },\n  fine: { type: Object, schema: dynamoose.type.ANY } });`,
    );
    expect(warnings.map(({ code, message, position }) => [code, message.split(':')[0], position?.line])).toEqual([
      ['ATTRIBUTE_STORED_EMPTY', 'Product.list has no schema', 5],
      ['ATTRIBUTE_STORED_EMPTY', 'Product.inner.list has no schema', 7],
    ]);
  });
});
