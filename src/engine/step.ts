// One step on one node: read, reconcile, read back on a lost answer. The only place that understands kind faults.

import { ApigenError } from '../errors.ts';
import { differences } from './compare.ts';
import { type Kind, KindFaultError, type Live, type Props, type Target } from './kind.ts';

/** How long to look for a resource whose create may have happened before creating it again, in ms. */
const looksAfterUncertainMs = [0, 500, 1500, 3000, 5000];

const attempts = 4;

export interface StepClock {
  sleep(ms: number): Promise<void>;
}

export const wallClock: StepClock = {
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Brings one resource to its desired props, whatever it was before.
 * @param look finds what an unanswered create may have made
 * @throws ApigenError `NOT_OWNED` when a create meets a resource of somebody else's.
 */
export async function bring(
  kind: Kind,
  target: Target,
  desired: Props,
  known: Live | undefined,
  clock: StepClock = wallClock,
  look: () => Promise<Live | undefined> = () => kind.read(target, desired),
): Promise<Live> {
  let live = known;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kind.reconcile(target, desired, live);
    } catch (error) {
      if (!(error instanceof KindFaultError) || attempt === attempts) throw causeOf(error);
      live = await lookAgain(look, error, clock);
      if (live && !live.owned) throw notOwned(kind, target, live);
      if (stands(kind, live, desired)) return live;
    }
  }
}

/** Whether live already is what is desired, so that a step has nothing to do. */
export const stands = (kind: Kind, live: Live | undefined, desired: Props): live is Live =>
  live !== undefined &&
  differences(live.props, desired, kind.fields).length === 0 &&
  (live.duplicates ?? []).length === 0;

/**
 * What stands beside the old one where AWS mints ids: made by an earlier attempt to replace it, which was cut off.
 * @param going physical ids of those that are to go
 */
export async function findBeside(
  kind: Kind,
  target: Target,
  desired: Props,
  going: ReadonlySet<string>,
): Promise<Live | undefined> {
  const { id, name } = target;
  const tagged = await kind.read({ id, name }, desired);
  if (!tagged?.owned) return undefined;
  const other = [tagged.physicalId, ...(tagged.duplicates ?? [])].find((physicalId) => !going.has(physicalId));
  return other === undefined ? undefined : kind.read({ id, name, physicalId: other }, desired);
}

async function lookAgain(
  look: () => Promise<Live | undefined>,
  fault: KindFaultError,
  clock: StepClock,
): Promise<Live | undefined> {
  // A name that exists is found at the first look, or lags; an uncertain create may also not have happened at all.
  for (const wait of looksAfterUncertainMs) {
    await clock.sleep(wait);
    const live = await look();
    if (live) return live;
  }
  if (fault.fault === 'exists') throw causeOf(fault);
  return undefined;
}

const causeOf = (error: unknown): unknown => (error instanceof KindFaultError ? error.cause : error);

export function notOwned(kind: Kind, target: Target, live: Live): ApigenError {
  return new ApigenError({
    code: 'NOT_OWNED',
    summary: `${kind.title} ${target.name} exists and is not this project's`,
    detail: live.owner ? `It belongs to ${live.owner}.` : "It does not carry this project's tags.",
    hint: 'rename the project or the stage, or remove that resource yourself',
  });
}
