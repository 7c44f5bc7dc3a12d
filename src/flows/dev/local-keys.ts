// The API keys of usage plans under dev: one for each plan, minted at the first start and the same ever after, so that
// a client's configuration holds. They open nothing but this machine's API.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ApiDefinition, ApiKey, UsagePlan } from '../../api/definition.ts';

/** The key of one plan, as the terminal shows it. */
export interface LocalKey {
  readonly plan: string;
  readonly value: string;
}

export interface KeysOfApi {
  readonly apiKeys: readonly ApiKey[];
  readonly usagePlans: readonly UsagePlan[];
  readonly shown: readonly LocalKey[];
}

type Kept = Record<string, string>;

/**
 * Keys and plans of every API that has plans, by the API's name.
 *
 * @param file where values are kept, by `api/plan`; one that cannot be read is written anew
 */
export async function localKeys(
  file: string,
  definitions: ReadonlyMap<string, ApiDefinition>,
): Promise<ReadonlyMap<string, KeysOfApi>> {
  const withPlans = [...definitions].flatMap(([name, definition]) =>
    definition.type === 'rest' && definition.usagePlans !== undefined
      ? [{ name, stage: definition.stage.name, plans: definition.usagePlans }]
      : [],
  );
  if (withPlans.length === 0) return new Map();
  const kept = await read(file);
  const wanted = withPlans.flatMap(({ name, plans }) => plans.map((plan) => `${name}/${plan.name}`));
  const missing = wanted.filter((id) => kept[id] === undefined);
  // 40 letters and digits, as AWS mints them.
  for (const id of missing) kept[id] = randomBytes(20).toString('hex');
  if (missing.length > 0) await write(file, kept);
  return new Map(
    withPlans.map(({ name, stage, plans }) => {
      const keys = plans.map((plan) => ({ plan: plan.name, value: kept[`${name}/${plan.name}`] ?? '' }));
      return [
        name,
        {
          apiKeys: keys.map(({ plan, value }) => ({ name: plan, value, enabled: true })),
          usagePlans: plans.map((plan) => ({ ...plan, stages: [stage], keys: [plan.name] })),
          shown: keys,
        },
      ];
    }),
  );
}

async function read(file: string): Promise<Kept> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, text]) => /^[0-9a-f]{40}$/.test(String(text))));
  } catch {
    return {};
  }
}

// Whole or not at all: two starts at once must not leave half a file.
async function write(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}
