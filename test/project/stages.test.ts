import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/errors.ts';
import { formatProblems, parse, problemsOf, projectOf } from './project-fixture.ts';

const BASE = `tags: { team: shop, cost: a }
models:
  Order: src/models/order.ts
apis:
  public:
    type: http
    auth: none
    cors: { origins: [http://localhost:3000, http://localhost:3001] }
    routes:
      GET /orders: src/orders/list.handler
      GET /debug: src/debug.handler
`;

describe('a stage', () => {
  it('merges maps, replaces lists and removes by null', () => {
    const project = projectOf(
      `${BASE}stages:
  prod:
    protect: true
    account: "123456789012"
    region: us-east-1
    tags: { cost: b }
    defaults: { function: { memory: 1024 } }
    apis: { public: { cors: { origins: [https://shop.example.com] }, routes: { GET /debug: null } } }
`,
      { stage: 'prod' },
    );
    expect(project.stage).toEqual({ name: 'prod', protect: true, account: '123456789012' });
    expect(project.region).toBe('us-east-1');
    expect(project.tags).toEqual({ team: 'shop', cost: 'b' });
    expect(project.apis['public']?.cors?.origins).toEqual(['https://shop.example.com']);
    expect(project.apis['public']?.routes.map((route) => route.key)).toEqual(['GET /orders']);
    expect(project.functions['orders-list']?.memory).toBe(1024);
    expect(project.models['Order']?.deletionProtection).toBe(true);
  });

  it('merges into a short form as into the map it stands for', () => {
    const overlay = `stages:
  prod:
    models: { Order: { backups: continuous } }
    apis: { public: { routes: { GET /orders: { memory: 512 }, GET /debug: src/off.handler } } }
`;
    const project = projectOf(BASE + overlay, { stage: 'prod' });
    expect(project.models['Order']).toMatchObject({ file: 'src/models/order.ts', continuousBackups: true });
    expect(project.functions['orders-list']?.memory).toBe(512);
    expect(project.functions['off']?.module).toBe('src/off');
  });

  it('leaves other stages as they are', () => {
    const project = projectOf(`${BASE}stages:\n  dev:\n  prod: { tags: { team: null } }\n`);
    expect(project.tags['team']).toBe('shop');
    expect(project.stage).toEqual({ name: 'dev', protect: false });
  });

  it('names the line of the overlay for what the overlay says', () => {
    const body = `${BASE}stages:\n  prod:\n    defaults: { function: { memory: 5 } }\n`;
    expect(problemsOf(body, { stage: 'prod' })).toEqual([
      '16:37 OUT_OF_RANGE defaults.function.memory: must be a whole number of MB from 128 to 10,240, not 5',
    ]);
    expect(problemsOf(body)).toEqual([]);
  });

  it('may not protect its tables by default and still not protect one', () => {
    const body = 'models: { A: { file: src/a.ts, protect: false } }\nstages: { prod: { protect: true } }\n';
    expect(projectOf(body, { stage: 'prod' }).models['A']?.deletionProtection).toBe(false);
  });

  it.each([
    ['name', 'stages: { prod: { name: x } }', '3:19 STAGE_OVERRIDES stages.prod cannot override name'],
    ['stages', 'stages: { prod: { stages: {} } }', '3:19 STAGE_OVERRIDES stages.prod cannot override stages'],
    [
      'an unknown key',
      'stages: { prod: { modles: {} } }',
      '3:19 UNKNOWN_KEY stages.prod has no key "modles" → Did you mean models?',
    ],
    ['odd characters', 'stages: { Prod_1: {} }', '3:11 INVALID_STAGE_NAME stages.Prod_1: the name must be lower-case'],
    [
      'an account without quotes',
      'stages: { prod: { account: 012345678901 } }',
      'WRONG_TYPE stages.prod.account: must be text, not 12345678901 → Put it in quotes: account: "012345678901"',
    ],
    [
      'a short account',
      'stages: { prod: { account: "1234" } }',
      'INVALID_ACCOUNT stages.prod.account: "1234" must be the 12 digits',
    ],
  ])('is refused whichever stage is chosen: %s', (_what, body, expected) => {
    expect(problemsOf(`${body}\n`).join('\n')).toContain(expected);
  });

  it('says when null removes nothing', () => {
    const body = 'stages: { prod: { models: { Nope: null } } }\n';
    expect(problemsOf(body, { stage: 'prod' })).toEqual([
      '3:29 REMOVES_NOTHING stages.prod: models.Nope is null, but there is nothing to remove → Remove the line, or check the spelling.',
    ]);
  });
});

describe('the stage that a person types', () => {
  const text = 'name: shop\nregion: eu-west-1\nstages: { prod: {}, staging: {} }\n';

  it.each(['dev', 'prod', 'pr-12', 'prod2', 'alice'])('may be %s', (stage) => {
    expect(parse(text, { stage }).project?.stage.name).toBe(stage);
  });

  it.each(['prdo', 'stagin', 'pord'])('is taken for a slip when it is %s', (stage) => {
    expect(() => parse(text, { stage })).toThrow(UsageError);
  });

  it.each(['Prod', 'a b', '../x', '', '-x', 'x-', 'prod!', 'a'.repeat(21)])('cannot be %j', (stage) => {
    expect(() => parse(text, { stage })).toThrow(expect.objectContaining({ code: 'INVALID_STAGE_NAME', exitCode: 2 }));
  });

  it('offers the name that would do', () => {
    expect(() => parse(text, { stage: 'My Stage' })).toThrow(expect.objectContaining({ hint: 'Write my-stage' }));
  });
});

it('reports problems of every part in the order of the file', () => {
  const problems = formatProblems(parse('name: X\nregion: nowhere\nmodels: { A: b }\napis: { p: { type: soap } }\n'));
  expect(problems.map((problem) => problem.split(' ')[1])).toEqual([
    'INVALID_NAME',
    'UNKNOWN_REGION',
    'INVALID_PATH',
    'MISSING_KEY',
    'UNKNOWN_VALUE',
  ]);
});

describe('releases', () => {
  it('are kept as many as the file says, differently by stage if it says so', () => {
    const text = `releases: { keep: 3 }\nstages: { prod: { releases: { keep: 20 } } }\n`;
    expect([projectOf(text).keptReleases, projectOf(text, { stage: 'prod' }).keptReleases]).toEqual([3, 20]);
    expect(projectOf('').keptReleases).toBeUndefined();
  });

  it('cannot be none, and not without bound', () => {
    expect(problemsOf('releases: { keep: 0 }\n').join()).toContain('must be at least 1');
    expect(problemsOf('releases: { keep: 999 }\n').join()).toContain('must be at most 50');
  });
});
