// Random small projects and what may happen to them, for the property tests: functions with policies and aliases, APIs
// with a definition and a stage, permissions between the two, tables.

import fc from 'fast-check';
import type { DesiredNode, NodeId, Props } from '../../src/engine/kind.ts';
import { ref } from '../../src/engine/references.ts';
import type { Fault } from './fake-cloud.ts';

export interface Source {
  readonly tables: readonly number[];
  /** Version by function; null: not declared. */
  readonly functions: readonly (number | null)[];
  /** `fixed` cannot be changed in place: another one makes another API. */
  readonly apis: readonly ({
    readonly version: number;
    readonly fixed: number;
    readonly uses: readonly number[];
  } | null)[];
}

export type Operation =
  | { readonly type: 'deploy'; readonly source: Source; readonly fault: Fault | undefined }
  | { readonly type: 'again'; readonly fault: Fault | undefined }
  | { readonly type: 'rollback'; readonly back: number; readonly fault: Fault | undefined }
  | { readonly type: 'change-by-hand'; readonly which: number }
  | { readonly type: 'delete-by-hand'; readonly which: number }
  | { readonly type: 'lose-ledger' };

const source: fc.Arbitrary<Source> = fc.record({
  tables: fc.subarray([0, 1]),
  functions: fc.array(fc.option(fc.nat(3), { freq: 4 }), { minLength: 3, maxLength: 3 }),
  apis: fc.array(
    fc.option(fc.record({ version: fc.nat(2), fixed: fc.nat(1), uses: fc.subarray([0, 1, 2]) }), { freq: 4 }),
    {
      minLength: 2,
      maxLength: 2,
    },
  ),
});

const fault: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.record({
    at: fc.nat(110),
    point: fc.constantFrom('before' as const, 'after' as const),
    type: fc.constantFrom('kill' as const, 'kill' as const, 'error' as const, 'lost-answer' as const),
  }),
  { nil: undefined, freq: 2 },
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('deploy' as const), source, fault }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('again' as const), fault }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('rollback' as const), back: fc.nat(3), fault }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('change-by-hand' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete-by-hand' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('lose-ledger' as const) }) },
);

export const operations = fc.array(operation, { minLength: 2, maxLength: 9 });

export const codeId = (name: string): string => `code/name-of-${name}`;

/** The permission that function `0` at version 3 needs. */
export const grantOf = (name: string, version: string): string => `${name}-${version}`;

export function nodesOf({ tables, functions, apis }: Source): readonly DesiredNode[] {
  const tableIds = tables.map((index) => `t${index}`);
  const declared = functions.flatMap((version, index) => (version === null ? [] : [{ name: `f${index}`, version }]));
  return [
    ...tableIds.map((id) => made(id, 'data', { fixed: 'pk' })),
    ...declared.flatMap(({ name, version }) => functionNodes(name, `v${version}`, tableIds)),
    ...apis.flatMap((api, index) => {
      if (!api) return [];
      const used = declared.filter(({ name }) => api.uses.includes(Number(name.slice(1))));
      return apiNodes(
        `a${index}`,
        `v${api.version}`,
        `kind ${api.fixed}`,
        used.map(({ name }) => name),
      );
    }),
  ];
}

function functionNodes(name: string, value: string, tables: readonly NodeId[]): readonly DesiredNode[] {
  return [
    made(`role:${name}`, 'policy', { grants: [grantOf(name, value)] }),
    made(name, 'code', { value }, [`role:${name}`, ...tables]),
    made(`${name}@v1`, 'alias', { value, parent: codeId(name) }, [name], name),
  ];
}

function apiNodes(api: string, value: string, fixed: string, functions: readonly string[]): readonly DesiredNode[] {
  const parent = ref(api, 'id');
  const aliases = functions.map((name) => `${name}@v1`);
  const permissions = functions.map((name) =>
    made(`may:${name}:${api}`, 'permission', { api: parent, parent: codeId(name) }, [`${name}@v1`], name),
  );
  return [
    made(api, 'minted', { value: 'shop', fixed }),
    ...permissions,
    made(`def:${api}`, 'plain', { value, parent }, aliases, api),
    made(
      `stage:${api}`,
      'stage',
      { value, parent },
      [`def:${api}`, ...permissions.map(({ id }) => id), ...aliases],
      api,
    ),
  ];
}

const made = (
  id: NodeId,
  kind: string,
  props: Props,
  dependsOn: readonly NodeId[] = [],
  inside?: NodeId,
): DesiredNode => ({ id, kind, name: `name-of-${id}`, props, dependsOn, inside });
