// The search by tags that ends a destroy. AWS's lists lag behind its deletes for some seconds, so what is found is
// looked for again before it is said to be left.

import type { Found, Kind } from '../../engine/kind.ts';
import type { Kinds, Leftover } from '../../engine/observe.ts';
import { type StepClock, wallClock } from '../../engine/step.ts';
import { ApigenError } from '../../errors.ts';

/** Before each further look, in ms: 15 s in all. */
const pausesMs = [500, 1000, 2000, 4000, 7500];

/**
 * @param kept what stays and was named
 * @param again the command that goes on
 * @throws ApigenError `NOT_EMPTY` when something tagged as this stage's is still there at the last look
 */
export async function nothingLeft(
  kinds: Kinds,
  kept: readonly Leftover[],
  again: string,
  clock: StepClock = wallClock,
): Promise<void> {
  const keptNodes = new Set(kept.map(({ target }) => target.id));
  const known = new Set(kept.flatMap(({ target }) => target.physicalId ?? []));
  const leftOf = async (kind: Kind): Promise<readonly Found[]> =>
    (await kind.discover(known)).filter(({ id }) => !keptNodes.has(id));
  let looking = [...kinds.values()];
  for (const pauseMs of [...pausesMs, undefined]) {
    const found = await Promise.all(looking.map(async (kind) => ({ kind, left: await leftOf(kind) })));
    const late = found.filter(({ left }) => left.length > 0);
    if (late.length === 0) return;
    if (pauseMs === undefined)
      throw notEmpty(
        late.flatMap(({ left }) => left),
        again,
      );
    looking = late.map(({ kind }) => kind);
    await clock.sleep(pauseMs);
  }
}

const notEmpty = (left: readonly Found[], again: string): ApigenError =>
  new ApigenError({
    code: 'NOT_EMPTY',
    summary: `${left.length} tagged ${left.length === 1 ? 'resource is' : 'resources are'} still there`,
    detail: left.map((item) => `${item.id} (${item.name})`).join('\n'),
    hint: again,
  });
