// What `apigen keys` does: API keys of one stage, made, listed, rotated, switched and removed directly in API Gateway.
// A run that was cut off is finished by the same command typed again.

import { ApigenError } from '../../errors.ts';
import {
  createKey,
  deleteKey,
  joinPlan,
  keyValue,
  markOld,
  type StageKey,
  type StagePlan,
  setEnabled,
  stageKeys,
  stagePlans,
} from '../../kinds/api-keys.ts';
import type { Project } from '../../project/project.ts';
import { scopeOf } from '../converge/scope.ts';
import type { Session } from '../converge/session.ts';
import { choosePlans } from './choose-plans.ts';

/** A key with the names of its plans. */
export interface ListedKey extends StageKey {
  readonly plans: readonly string[];
}

/** A key whose value is shown this once. */
export interface IssuedKey {
  readonly name: string;
  readonly id: string;
  readonly value: string;
  readonly plans: readonly string[];
}

/** @param values whether to ask for the values */
export async function listKeys({ aws }: Session, project: Project, values: boolean): Promise<readonly ListedKey[]> {
  const owner = scopeOf(project);
  const [keys, plans] = await Promise.all([stageKeys(aws, owner, values), stagePlans(aws, owner)]);
  return keys.map((key) => ({ ...key, plans: plans.filter((plan) => plan.keys.has(key.id)).map(({ name }) => name) }));
}

/**
 * Makes a key and puts it into plans.
 *
 * @throws ApigenError `KEY_EXISTS`; `PLAN_UNKNOWN`, `PLAN_AMBIGUOUS` or `PLAN_NOT_DEPLOYED` for the plans
 */
export async function issueKey(
  { aws }: Session,
  project: Project,
  name: string,
  wanted: readonly string[],
): Promise<IssuedKey> {
  const owner = scopeOf(project);
  const [keys, deployed] = await Promise.all([stageKeys(aws, owner), stagePlans(aws, owner)]);
  const plans = choosePlans(project, deployed, wanted);
  const same = keys.find((key) => key.name === name && !key.old);
  const unfinished = same && !deployed.some((plan) => plan.keys.has(same.id));
  if (same && !unfinished) throw exists(name);
  const id = same?.id ?? (await createKey(aws, owner, name, project.tags));
  return joined(aws, name, id, plans);
}

async function joined(aws: Session['aws'], name: string, id: string, plans: readonly StagePlan[]): Promise<IssuedKey> {
  for (const plan of plans) if (!plan.keys.has(id)) await joinPlan(aws, id, plan.id);
  return { name, id, value: await keyValue(aws, id), plans: plans.map((plan) => plan.name) };
}

export interface Rotation {
  readonly key: IssuedKey;
  /** What becomes of the key before: until when it stays, or gone at once. */
  readonly old: { readonly id: string; readonly until: Date | undefined; readonly removed: boolean };
}

/**
 * Makes a new key in the plans of the one it follows, which stays valid for a grace time.
 *
 * @param graceMs milliseconds; 0 removes the key before at once; undefined keeps it until it is removed
 * @throws ApigenError `KEY_UNKNOWN`
 */
export async function rotateKey(
  { aws }: Session,
  project: Project,
  name: string,
  graceMs: number | undefined,
): Promise<Rotation> {
  const owner = scopeOf(project);
  const [keys, deployed] = await Promise.all([stageKeys(aws, owner), stagePlans(aws, owner)]);
  // Newest first. A second one that is not marked old is what a rotation left that was cut off.
  const [newest, ...earlier] = keys.filter((key) => key.name === name && !key.old);
  if (!newest) throw unknown(name, keys);
  const before = earlier.at(-1) ?? newest;
  const id = before === newest ? await createKey(aws, owner, name, project.tags) : newest.id;
  const key = await joined(
    aws,
    name,
    id,
    deployed.filter((plan) => plan.keys.has(before.id)),
  );
  const until = graceMs === undefined ? undefined : new Date(Date.now() + graceMs);
  if (graceMs === 0) await deleteKey(aws, before.id);
  else await markOld(aws, before.id, until);
  return { key, old: { id: before.id, until, removed: graceMs === 0 } };
}

/** Removes every key of a name, or the rotated ones alone. @throws ApigenError `KEY_UNKNOWN` */
export async function removeKeys(
  { aws }: Session,
  project: Project,
  name: string,
  oldAlone: boolean,
): Promise<readonly StageKey[]> {
  const going = (await named({ aws }, project, name)).filter((key) => !oldAlone || key.old);
  for (const key of going) await deleteKey(aws, key.id);
  return going;
}

/** Switches every key of a name on or off. @throws ApigenError `KEY_UNKNOWN` */
export async function switchKeys(
  { aws }: Session,
  project: Project,
  name: string,
  enabled: boolean,
): Promise<readonly StageKey[]> {
  const keys = await named({ aws }, project, name);
  for (const key of keys) if (key.enabled !== enabled) await setEnabled(aws, key.id, enabled);
  return keys.map((key) => ({ ...key, enabled }));
}

/** Removes rotated keys whose grace time is over. */
export async function removeExpired({ aws }: Pick<Session, 'aws'>, project: Project): Promise<readonly StageKey[]> {
  const now = Date.now();
  const over = (await stageKeys(aws, scopeOf(project))).filter(({ old }) => old?.until && old.until.getTime() <= now);
  for (const key of over) await deleteKey(aws, key.id);
  return over;
}

async function named({ aws }: Pick<Session, 'aws'>, project: Project, name: string): Promise<readonly StageKey[]> {
  const keys = await stageKeys(aws, scopeOf(project));
  const found = keys.filter((key) => key.name === name);
  if (found.length === 0) throw unknown(name, keys);
  return found;
}

const exists = (name: string): ApigenError =>
  new ApigenError({
    code: 'KEY_EXISTS',
    summary: `There is a key ${name} already`,
    detail: 'Its value can be shown again, or a new one take its place.',
    hint: `apigen keys list --show, or: apigen keys rotate ${name}`,
  });

function unknown(name: string, keys: readonly StageKey[]): ApigenError {
  const known = [...new Set(keys.map((key) => key.name))];
  return new ApigenError({
    code: 'KEY_UNKNOWN',
    summary: `There is no key ${name}`,
    detail: known.length === 0 ? 'This stage has no keys.' : `Keys of this stage: ${known.join(', ')}.`,
    hint: `apigen keys create ${name} --plan PLAN`,
  });
}
