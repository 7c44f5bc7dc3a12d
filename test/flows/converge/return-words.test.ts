// What a rollback says before it is done: from where to where, and what roles may do again.

import { describe, expect, it } from '@jest/globals';
import { Chalk } from 'chalk';
import type { Kind, Props } from '../../../src/engine/kind.ts';
import type { CutoverState, Release } from '../../../src/engine/ledger.ts';
import { planRollback } from '../../../src/engine/rollback.ts';
import { returnWords } from '../../../src/flows/converge/return-words.ts';
import { rollbackDocument, rollbackText } from '../../../src/ui/rollback-text.ts';
import { textWidth } from '../../../src/ui/text-width.ts';

const hash = (digit: string): string => `apigen:${digit.repeat(32)}`;

const alias = (version: string): Props => ({
  functionName: 'shop-dev-products-create',
  aliasName: 'v1',
  publication: hash(version),
  version,
  weights: {},
});
const stage = (deployment: string, more: Props = {}): Props => ({
  snapshot: hash(deployment),
  deploymentId: `dep${deployment}`,
  variables: {},
  ...more,
});
const table = (name: string): string => `arn:aws:dynamodb:eu-west-1:123456789012:table/shop-dev-${name}`;
const role = (...statements: readonly { actions: readonly string[]; resources: readonly string[] }[]): Props => ({
  statements,
  permissionsBoundary: '',
});

const state = (id: string, kind: string, name: string, props: Props): CutoverState => ({
  id,
  kind,
  name,
  props,
  dependsOn: [],
});
const states = {
  alias: (props: Props) => state('alias:products-create@v1', 'lambda-alias', 'shop-dev-products-create:v1', props),
  stage: (props: Props) => state('rest-stage:public', 'rest-stage', 'shop-dev-public/dev', props),
  role: (props: Props) => state('role:products-create', 'iam-role', 'shop-dev-products-create-eu-west-1', props),
  event: (props: Props) => state('event-source:reindex', 'event-source', 'shop-dev-reindex', props),
};

const release = (
  number: number,
  cutover: readonly CutoverState[],
  policies: readonly CutoverState[] = [],
): Release => ({
  number,
  at: `2026-03-0${number}T09:30:15.000Z`,
  by: 'ada',
  commit: `abc000${number}`,
  changes: [],
  cutover,
  policies,
  nodes: [],
});

/** What is live, by node. */
function kindsOf(live: Readonly<Record<string, Props>>): ReadonlyMap<string, Kind> {
  const kind = (name: string, title: string, more: Partial<Kind>): Kind => ({
    name,
    title,
    fields: {
      publication: 'mutable',
      version: 'carried',
      weights: 'mutable',
      snapshot: 'mutable',
      deploymentId: 'carried',
      variables: 'mutable',
      statements: 'mutable',
      permissionsBoundary: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',
    read: async ({ id }) => {
      const props = live[id];
      return props && { physicalId: id, props, outputs: {}, owned: true };
    },
    reconcile: () => Promise.reject(new Error('a plan changes nothing')),
    remove: () => Promise.reject(new Error('a plan changes nothing')),
    discover: async () => [],
    ...more,
  });
  return new Map([
    ['lambda-alias', kind('lambda-alias', 'alias', { cutsOver: true })],
    ['rest-stage', kind('rest-stage', 'stage', { cutsOver: true })],
    ['event-source', kind('event-source', 'event source', { cutsOver: true, beginsTraffic: true })],
    ['iam-role', kind('iam-role', 'IAM role', { widen: (_, desired) => desired })],
  ]);
}

const second = release(
  2,
  [states.alias(alias('5')), states.stage(stage('2')), states.event({ weights: {} })],
  [states.role(role({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [table('Order')] }))],
);
const releases = [
  release(4, [states.alias(alias('7')), states.stage(stage('4'))]),
  release(3, [states.alias(alias('6')), states.stage(stage('4'))]),
  second,
];
const live = {
  'alias:products-create@v1': alias('7'),
  'rest-stage:public': stage('4', { variables: { mode: 'new' } }),
  'role:products-create': role(
    { actions: ['dynamodb:GetItem'], resources: [table('Order')] },
    { actions: ['dynamodb:Scan'], resources: [table('Product')] },
  ),
};

const wordsOf = async (now: Readonly<Record<string, Props>> = live) =>
  returnWords(await planRollback(second, kindsOf(now)), releases);
const textOf = async (
  options: { width?: number; verbose?: boolean } = {},
  now: Readonly<Record<string, Props>> = live,
): Promise<string> =>
  rollbackText(await wordsOf(now), {
    style: new Chalk({ level: 0 }),
    width: options.width ?? 100,
    verbose: options.verbose ?? false,
  });

describe('a planned rollback', () => {
  it('says from which version to which, from whose deployment to whose, and what roles may do again', async () => {
    expect((await textOf()).split('\n')).toEqual([
      'Back to release 2 of 2026-03-02 09:30:15 UTC (abc0002):',
      '  ~ alias shop-dev-products-create:v1',
      '      version 7 → 5',
      '  + event source shop-dev-reindex',
      '      was there then',
      '  ~ stage shop-dev-public/dev',
      '      deployment of release 4 → of release 2',
      '      variables.mode new → (none)',
      '  ~ IAM role shop-dev-products-create-eu-west-1',
      '      grants again: dynamodb:PutItem on table/shop-dev-Order',
      '      grants no more: dynamodb:Scan on table/shop-dev-Product',
    ]);
  });

  it('shows ids, hashes and whole ARNs with --verbose alone', async () => {
    const text = await textOf({ verbose: true });
    expect(text).toContain(`publication ${hash('7')} → ${hash('5')}`);
    expect(text).toContain('deploymentId dep4 → dep2');
    expect(text).toContain(`dynamodb:PutItem on ${table('Order')}`);
    expect(await textOf()).not.toMatch(/dep4|arn:|apigen:/);
  });

  it('fits 60 columns, whatever is shown', async () => {
    for (const verbose of [false, true]) {
      const lines = (await textOf({ width: 60, verbose })).split('\n');
      expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(60);
    }
  });

  it('says of a deployment that no kept release made that it is none of theirs', async () => {
    const now = { ...live, 'rest-stage:public': stage('9') };
    expect(await textOf({}, now)).toContain('deployment of no kept release → of release 2');
    expect(rollbackDocument(await wordsOf(now)).moves.find(({ title }) => title === 'stage')?.from).toMatchObject({
      release: null,
      deploymentId: 'dep9',
    });
  });

  it('gives a script the same: both sides of each move, and statements in IAM terms', async () => {
    const { moves, policies } = rollbackDocument(await wordsOf());
    expect(moves.map(({ node, from, to }) => [node, from, to])).toEqual([
      ['alias:products-create@v1', { version: '7', publication: hash('7') }, { version: '5', publication: hash('5') }],
      ['event-source:reindex', null, {}],
      [
        'rest-stage:public',
        { release: 4, deploymentId: 'dep4', snapshot: hash('4'), 'variables.mode': 'new' },
        { release: 2, deploymentId: 'dep2', snapshot: hash('2'), 'variables.mode': null },
      ],
    ]);
    expect(policies).toMatchObject([
      {
        node: 'role:products-create',
        grantsAgain: [{ actions: ['dynamodb:PutItem'], resources: [table('Order')] }],
        grantsNoMore: [{ actions: ['dynamodb:Scan'], resources: [table('Product')] }],
      },
    ]);
  });

  it('says what it finishes when everything points there already', async () => {
    const now = Object.fromEntries([...second.cutover, ...second.policies].map(({ id, props }) => [id, props]));
    expect(await textOf({}, now)).toMatch(/points there already; the run that was cut off is finished/);
  });
});
