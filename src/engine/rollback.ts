// Returns to a kept release: aliases and stages point at what they pointed at then. Nothing is built or uploaded.
// Grow (the policies it needs) → cut-over (journalled like a deploy's) → shrink (policies as they were then).

import { ApigenError } from '../errors.ts';
import { type Difference, differences } from './compare.ts';
import { droppedBy, move, movedRow } from './cut-over.ts';
import type { Kind, Live, Props, Target } from './kind.ts';
import type { CutoverState, Journal, LedgerState, LedgerWriter, OtherVersions, Release } from './ledger.ts';
import { type Kinds, kindOf } from './observe.ts';
import { servingAll } from './other-versions.ts';
import type { Change } from './plan.ts';
import { type ApplyOptions, asApigenError, defaultParallel, reportStep, throwAll } from './run.ts';
import { schedule } from './schedule.ts';
import { bring, wallClock } from './step.ts';

export interface RollbackPlan {
  readonly to: Release;
  /** Aliases and stages that point elsewhere now. */
  readonly moves: readonly Move[];
  readonly moving: readonly CutoverState[];
  /** Policies that are not what they were. */
  readonly policies: readonly PolicyChange[];
}

/** An alias or a stage with what it points at now (nothing: it is gone) and what it pointed at then. */
export interface Move extends Change {
  readonly from: Props | undefined;
  readonly to: Props;
}

export interface PolicyChange {
  readonly title: string;
  readonly state: CutoverState;
  readonly live: Live;
  readonly differences: readonly Difference[];
}

/** The release to return to: by number, or the one before the newest. @throws ApigenError `NO_SUCH_RELEASE` */
export function releaseToReturnTo(ledger: LedgerState, number: number | undefined): Release {
  const found = number === undefined ? ledger.releases[1] : ledger.releases.find((item) => item.number === number);
  if (found) return found;
  const known = ledger.releases.map((item) => item.number).join(', ') || 'none';
  throw new ApigenError({
    code: 'NO_SUCH_RELEASE',
    summary: number === undefined ? 'There is no earlier release' : `Release ${number} is not kept`,
    detail: `Kept releases: ${known}.`,
    hint: 'apigen releases',
  });
}

/** Everything points at that release already. */
export const isReturned = ({ moves, policies }: RollbackPlan): boolean => moves.length + policies.length === 0;

/**
 * Reads where everything points now.
 * @param others what they need granted stays granted
 * @throws ApigenError `RELEASE_INCOMPLETE` when something it needs is gone
 */
export async function planRollback(to: Release, kinds: Kinds, others?: OtherVersions): Promise<RollbackPlan> {
  const moves: Move[] = [];
  const moving: CutoverState[] = [];
  const policies: PolicyChange[] = [];
  const gone: CutoverState[] = [];
  const read = await schedule(
    [...to.cutover, ...to.policies],
    () => [],
    async (then) => {
      const kind = kindOf(kinds, then.kind);
      const state = { ...then, props: servingAll(kind, then.id, then.props, others) };
      const live = await kind.read(targetOf(state), state.props);
      if (!live) {
        if (!kind.beginsTraffic) gone.push(state);
        else {
          moving.push(state);
          moves.push({ ...moveOf(state, kind, []), action: 'create', reason: 'was there then' });
        }
        return;
      }
      const found = differences(live.props, state.props, kind.fields);
      if (found.length === 0) return;
      if (!kind.cutsOver) policies.push({ title: kind.title, state, live, differences: found });
      else {
        moving.push(state);
        moves.push(moveOf(state, kind, found, live));
      }
    },
    { parallel: 24 },
  );
  const [failure] = read.failures;
  if (failure) throw failure.error;
  if (gone.length > 0) throw incomplete(to, gone);
  return {
    to,
    moves: inOrder(moves, ({ node }) => node),
    moving: inOrder(moving, ({ id }) => id),
    policies: inOrder(policies, ({ state }) => state.id),
  };
}

const inOrder = <T>(all: readonly T[], idOf: (one: T) => string): readonly T[] =>
  [...all].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

const targetOf = (state: CutoverState): Target => ({ id: state.id, name: state.name });

function moveOf(state: CutoverState, kind: Kind, found: readonly Difference[], live?: Live): Move {
  return {
    action: 'update',
    node: state.id,
    kind: kind.name,
    title: kind.title,
    name: state.name,
    differences: found,
    reason: 'points elsewhere now',
    byHand: false,
    from: live?.props,
    to: state.props,
  };
}

function incomplete(to: Release, gone: readonly CutoverState[]): ApigenError {
  return new ApigenError({
    code: 'RELEASE_INCOMPLETE',
    summary: `Release ${to.number} cannot be returned to: ${gone.length} of its parts ${gone.length === 1 ? 'is' : 'are'} gone`,
    detail: gone.map((state) => `${state.id} (${state.name})`).join('\n'),
    hint: `check out ${to.commit?.replace(/\+$/, '') ?? 'its source'} and run apigen deploy`,
  });
}

export function rollBack(
  plan: RollbackPlan,
  kinds: Kinds,
  ledger: LedgerState,
  writer: LedgerWriter,
  options: ApplyOptions,
): Promise<Release> {
  const hashes = Object.fromEntries(plan.moving.map(({ id }) => [id, '']));
  return moveTo(releaseOf(plan, ledger, options), plan, hashes, { kinds, ledger, writer, options });
}

/**
 * Gives all traffic to the newest release, of which a canary had a share: it stays the same release.
 * @param plan of the return to that release
 */
export function promote(
  plan: RollbackPlan,
  kinds: Kinds,
  ledger: LedgerState,
  writer: LedgerWriter,
  options: ApplyOptions,
): Promise<Release> {
  const { canary, ...release } = plan.to;
  return moveTo(release, plan, canary?.hashes ?? {}, { kinds, ledger, writer, options });
}

interface Moving {
  readonly kinds: Kinds;
  readonly ledger: LedgerState;
  readonly writer: LedgerWriter;
  readonly options: ApplyOptions;
}

async function moveTo(
  release: Release,
  plan: RollbackPlan,
  hashes: Journal['hashes'],
  { kinds, ledger, writer, options }: Moving,
): Promise<Release> {
  // Rows of what changes are of another source now: the next deploy's difference was not made by hand.
  const changing = plan.policies.flatMap(({ state }) => ledger.rows.get(state.id) ?? []);
  await Promise.all(changing.map((row) => writer.put({ ...row, hash: '' })));
  await setPolicies(plan, kinds, options, 'grow');
  const journal = { release, moves: plan.moving, hashes };
  await writer.journal(journal);
  await move(kinds, plan.moving, options, async (state) => {
    const row = ledger.rows.get(state.id);
    if (row) await writer.put(movedRow(row, state, journal));
  });
  await writer.release(release, droppedBy(release, ledger, options));
  await setPolicies(plan, kinds, options, 'shrink');
  // What an earlier deploy left to clean up is still the next deploy's.
  if (!ledger.cleanupPending) await writer.cleanupDone();
  return release;
}

function releaseOf({ to, moves }: RollbackPlan, ledger: LedgerState, options: ApplyOptions): Release {
  const newest = ledger.releases[0];
  const others = <T extends { readonly id: string }>(
    mine: readonly T[],
    all: readonly T[] | undefined,
  ): readonly T[] => [...mine, ...(all ?? []).filter((state) => !mine.some(({ id }) => id === state.id))];
  return {
    ...options.release,
    number: (newest?.number ?? 0) + 1,
    changes: moves.map((change) => `move ${change.title} ${change.name}`),
    rollbackOf: to.number,
    attachment: to.attachment,
    cutover: others(to.cutover, newest?.cutover),
    policies: others(to.policies, newest?.policies),
    nodes: [...new Set([...to.nodes, ...(newest?.nodes ?? [])])],
  };
}

/** `grow`: what either release needs; `shrink`: what the release had. */
async function setPolicies(
  { policies }: RollbackPlan,
  kinds: Kinds,
  options: ApplyOptions,
  phase: 'grow' | 'shrink',
): Promise<void> {
  const outcome = await schedule(
    policies,
    () => [],
    async ({ state, live }) => {
      const kind = kindOf(kinds, state.kind);
      const wide = kind.widen?.(live.props, state.props) ?? state.props;
      const now = phase === 'grow' ? live : { ...live, props: wide };
      await reportStep(options.reporter, phase, phase === 'grow' ? 'update' : 'narrow', state, kind, async () => {
        await bring(kind, targetOf(state), phase === 'grow' ? wide : state.props, now, options.clock ?? wallClock);
      });
    },
    { parallel: options.parallel ?? defaultParallel },
  );
  throwAll(
    outcome.failures.map(({ error }) => asApigenError(error)),
    phase === 'grow'
      ? 'The rollback stopped before the cut-over: what is live has not changed'
      : 'Policies are wider than needed',
    'apigen rollback',
  );
}
