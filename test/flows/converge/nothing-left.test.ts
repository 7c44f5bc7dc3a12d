// The search that ends a destroy, against lists that lag behind the deletes.

import { describe, expect, it } from '@jest/globals';
import type { Found, Kind } from '../../../src/engine/kind.ts';
import type { Leftover } from '../../../src/engine/observe.ts';
import { nothingLeft } from '../../../src/flows/converge/nothing-left.ts';

const list = { id: 'function:list', name: 'shop-dev-list', physicalId: 'shop-dev-list' };
const table = { id: 'table:Order', name: 'shop-dev-Order', physicalId: 'shop-dev-Order' };

/** A kind whose list answers one of these after the other, the last one for ever. */
function listing(name: string, ...answers: readonly (readonly Found[])[]): { readonly kind: Kind; looks(): number } {
  let looks = 0;
  const unused = () => Promise.reject(new Error('a search only lists'));
  const kind: Kind = {
    name,
    title: name,
    fields: {},
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',
    read: unused,
    reconcile: unused,
    remove: unused,
    discover: async (known) => {
      const found = answers[Math.min(looks, answers.length - 1)] ?? [];
      looks += 1;
      return found.filter(({ physicalId }) => !known?.has(physicalId));
    },
  };
  return { kind, looks: () => looks };
}

function search(kinds: readonly { readonly kind: Kind }[], kept: readonly Leftover[] = []) {
  const slept: number[] = [];
  const clock = {
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  const all = new Map(kinds.map(({ kind }) => [kind.name, kind]));
  return { ended: nothingLeft(all, kept, 'apigen destroy --stage dev', clock), slept };
}

describe('the search that ends a destroy', () => {
  it('looks once where nothing is left', async () => {
    const functions = listing('functions', []);
    const { ended, slept } = search([functions]);
    await ended;
    expect([functions.looks(), slept]).toEqual([1, []]);
  });

  it('looks again at the lists that lag, and at those alone', async () => {
    const functions = listing('functions', [list], [list], []);
    const roles = listing('roles', []);
    const { ended, slept } = search([functions, roles]);
    await ended;
    expect([functions.looks(), roles.looks(), slept]).toEqual([3, 1, [500, 1000]]);
  });

  it('says after 15 s what is still there, and how to go on', async () => {
    const functions = listing('functions', [list]);
    const { ended, slept } = search([functions]);
    await expect(ended).rejects.toMatchObject({
      code: 'NOT_EMPTY',
      summary: '1 tagged resource is still there',
      detail: 'function:list (shop-dev-list)',
      hint: 'apigen destroy --stage dev',
    });
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(15_000);
  });

  it('leaves alone what is kept and named', async () => {
    const tables = listing('tables', [table]);
    const kept: Leftover = { target: table, kind: 'tables', dependsOn: [], retired: false };
    const { ended, slept } = search([tables], [kept]);
    await ended;
    expect(slept).toEqual([]);
  });

  it('does not take a list that fails for an empty one', async () => {
    const broken = { kind: { ...listing('functions', []).kind, discover: () => Promise.reject(new Error('denied')) } };
    await expect(search([broken]).ended).rejects.toThrow('denied');
  });
});
