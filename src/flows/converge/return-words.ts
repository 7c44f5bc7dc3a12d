// What a rollback would do, in words: each alias `version 7 → 5`, each stage `deployment of release 4 → of release 2`,
// each role what it may do again and what no more. Pure.

import { equal } from '../../engine/compare.ts';
import type { Json, NodeId, Props } from '../../engine/kind.ts';
import type { CutoverState, Release } from '../../engine/ledger.ts';
import type { Move, PolicyChange, RollbackPlan } from '../../engine/rollback.ts';
import type { Statement } from '../../kinds/iam-policy.ts';
import { share } from '../../ui/plan-text.ts';
import type { ReturnLine, ReturnMove, ReturnPolicy, ReturnWords } from '../../ui/rollback-text.ts';

/** @param releases the kept ones, newest first: what a deployment is named by */
export function returnWords({ to, moves, policies }: RollbackPlan, releases: readonly Release[]): ReturnWords {
  return {
    release: to.number,
    at: to.at,
    commit: to.commit,
    moves: moves.map((move) => wordsOf(move, to, releases)),
    policies: policies.map(grantOf),
  };
}

function wordsOf(move: Move, to: Release, releases: readonly Release[]): ReturnMove {
  const { node, title, name, from } = move;
  const base = { node, title, name, made: from === undefined };
  const side = (field: string): ReturnLine => line(field, from?.[field], move.to[field]);
  const [lines, ids]: [ReturnLine[], ReturnLine[]] = [[], []];
  for (const { path, ...values } of move.differences) {
    if (path === 'publication') {
      lines.push(side('version'));
      ids.push(side(path));
    } else if (path === 'snapshot') {
      lines.push(line('release', releaseServing(node, from, releases), to.number));
      ids.push(side('deploymentId'), side(path));
    } else if (path.startsWith('weights')) lines.push(line('canary', percent(values.from), percent(values.to)));
    else lines.push(line(path, values.from, values.to));
  }
  return { ...base, lines, ids };
}

/** None is none, as everywhere in these words. */
const percent = (value: Json | undefined): Json => (typeof value === 'number' ? share(value) : null);

const line = (what: string, from: Json | undefined, to: Json | undefined): ReturnLine => ({
  what,
  from: from ?? null,
  to: to ?? null,
});

/** The newest release that pointed at what is live; what none of the kept ones did was made by hand or long ago. */
function releaseServing(node: NodeId, live: Props | undefined, releases: readonly Release[]): number | undefined {
  const serves = ({ id, props }: CutoverState): boolean => id === node && equal(props['snapshot'], live?.['snapshot']);
  return releases.find(({ cutover }) => cutover.some(serves))?.number;
}

function grantOf({ title, state, live, differences }: PolicyChange): ReturnPolicy {
  const statements = (props: Props) => (props['statements'] ?? []) as unknown as readonly Statement[];
  const [then, now] = [statements(state.props), statements(live.props)];
  return {
    node: state.id,
    title,
    name: state.name,
    again: without(then, now),
    noMore: without(now, then),
    others: differences.flatMap(({ path, from, to }) => (path === 'statements' ? [] : [line(path, from, to)])),
  };
}

/** Of each statement the actions that the others do not name for the same resources under the same conditions. */
function without(statements: readonly Statement[], others: readonly Statement[]): readonly Statement[] {
  const place = ({ effect, resources, conditions }: Statement): Json =>
    ({ effect, resources, conditions }) as unknown as Json;
  return statements.flatMap((statement) => {
    const same = others.filter((other) => equal(place(other), place(statement)));
    const actions = statement.actions.filter((action) => !same.some((other) => other.actions.includes(action)));
    return actions.length === 0 ? [] : [{ ...statement, actions }];
  });
}
