// API keys of a stage in API Gateway. They belong to a project and stage by their tags, and to nobody's ledger: their
// values are known to AWS and to whom they were shown, and are never kept, logged or put in an error.

import {
  type ApiKey,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeysCommand,
  UpdateApiKeyCommand,
  type UsagePlanKey,
} from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { KindFaultError } from '../engine/kind.ts';
import { orAbsent } from './or-absent.ts';
import { type Owner, ownership, ownerTagKeys, type Tags } from './ownership.ts';
import { everyPage } from './rest-part.ts';
import { usagePlans } from './usage-plan-stages.ts';

/** One key as it is, without its value. */
export interface StageKey {
  readonly id: string;
  /** As the project calls it. */
  readonly name: string;
  readonly enabled: boolean;
  readonly created: Date;
  /** Set on a key that was rotated: until when it stays. */
  readonly old?: { readonly until: Date | undefined };
  /** Only where values were asked for. */
  readonly value?: string;
}

const keyTag = 'apigen:key';

const awsName = ({ project, stage }: Owner, name: string): string => `${project}-${stage}-${name}`;

/** What a rotated key's description says: a person reads it in AWS, and this reads it back. */
const oldWords = 'Rotated by apigen';
const oldPattern = /^Rotated by apigen(?:; goes after (\S+))?$/;

/** @param values whether to ask for the values too */
export async function stageKeys(aws: Aws, owner: Owner, values = false): Promise<readonly StageKey[]> {
  const keys = await everyPage<ApiKey>((position) =>
    aws.apiGateway.send(
      new GetApiKeysCommand({ nameQuery: awsName(owner, ''), includeValues: values, limit: 500, ...position }),
    ),
  );
  return keys
    .flatMap((key) => keyOf(key, owner, values) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name) || b.created.getTime() - a.created.getTime());
}

function keyOf(key: ApiKey, owner: Owner, values: boolean): StageKey | undefined {
  const tags = key.tags ?? {};
  const name = tags[keyTag];
  if (!ownership(tags, owner).owned || !name) return undefined;
  const old = oldPattern.exec(key.description ?? '');
  return {
    id: key.id ?? '',
    name,
    enabled: String(key.enabled) === 'true',
    created: key.createdDate ?? new Date(0),
    ...(old && { old: { until: old[1] === undefined ? undefined : new Date(old[1]) } }),
    ...(values && { value: key.value ?? '' }),
  };
}

/** Makes a key and answers its id; AWS makes up the value. */
export async function createKey(aws: Aws, owner: Owner, name: string, projectTags: Tags): Promise<string> {
  const before = new Set((await stageKeys(aws, owner)).map(({ id }) => id));
  try {
    const made = await aws.apiGateway.send(
      new CreateApiKeyCommand({
        name: awsName(owner, name),
        enabled: true,
        tags: {
          ...projectTags,
          [ownerTagKeys.project]: owner.project,
          [ownerTagKeys.stage]: owner.stage,
          [keyTag]: name,
        },
      }),
    );
    return made.id ?? '';
  } catch (error) {
    // The answer was lost: the key may be there all the same, and a second one would be nobody's.
    if (!(error instanceof KindFaultError)) throw error;
    const found = (await stageKeys(aws, owner)).find((key) => key.name === name && !before.has(key.id));
    if (!found) throw error.cause;
    return found.id;
  }
}

export async function keyValue(aws: Aws, id: string): Promise<string> {
  return (await aws.apiGateway.send(new GetApiKeyCommand({ apiKey: id, includeValue: true }))).value ?? '';
}

export async function joinPlan(aws: Aws, id: string, usagePlanId: string): Promise<void> {
  try {
    await aws.apiGateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: id, keyType: 'API_KEY' }));
  } catch (error) {
    // It is in the plan already.
    if (!(error instanceof KindFaultError && error.fault === 'exists')) throw error;
  }
}

/** A deployed usage plan and the ids of its keys. */
export interface StagePlan {
  readonly id: string;
  /** `partner/free`: the API and the plan. */
  readonly name: string;
  readonly keys: ReadonlySet<string>;
}

const planNode = /^usage-plan:(.+)$/;

export async function stagePlans(aws: Aws, owner: Owner): Promise<readonly StagePlan[]> {
  const ours = (await usagePlans(aws)).flatMap(({ id = '', tags = {} }) => {
    const name = planNode.exec(tags[ownerTagKeys.node] ?? '')?.[1];
    return name !== undefined && ownership(tags, owner).owned ? [{ id, name }] : [];
  });
  return Promise.all(
    ours.map(async ({ id, name }) => {
      const keys = await everyPage<UsagePlanKey>((position) =>
        aws.apiGateway.send(new GetUsagePlanKeysCommand({ usagePlanId: id, limit: 500, ...position })),
      );
      return { id, name, keys: new Set(keys.flatMap((key) => key.id ?? [])) };
    }),
  );
}

export async function setEnabled(aws: Aws, id: string, enabled: boolean): Promise<void> {
  await patch(aws, id, '/enabled', String(enabled));
}

/** Marks a rotated key. Without `until` it stays until it is removed. */
export async function markOld(aws: Aws, id: string, until: Date | undefined): Promise<void> {
  await patch(aws, id, '/description', until ? `${oldWords}; goes after ${until.toISOString()}` : oldWords);
}

async function patch(aws: Aws, apiKey: string, path: string, value: string): Promise<void> {
  await aws.apiGateway.send(new UpdateApiKeyCommand({ apiKey, patchOperations: [{ op: 'replace', path, value }] }));
}

export async function deleteKey(aws: Aws, id: string): Promise<void> {
  await orAbsent(aws.apiGateway.send(new DeleteApiKeyCommand({ apiKey: id })));
}
