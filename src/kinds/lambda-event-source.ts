// An event source mapping: Lambda reads a table's stream or a queue and calls a function's alias with what it finds.
// Its id is minted; it is known by its tags. What AWS cannot change in place (another stream, where to begin) is
// deleted and made again.

import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { until } from '../aws/until.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import type { KindContext } from './kind-context.ts';
import { changeableInput, fromMapping, type LambdaEventSourceProps, sourceInput } from './lambda-event-source-props.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, ownerTagKeys, type Tags } from './ownership.ts';

export { type LambdaEventSourceProps, lambdaEventSourceInputs } from './lambda-event-source-props.ts';

/** Lambda takes about a minute to begin or stop reading. */
const settleMs = 5 * 60_000;

export function lambdaEventSource({ aws, owner }: KindContext): Kind {
  const arnOf = (uuid: string): string =>
    `arn:${aws.partition}:lambda:${aws.region}:${aws.account}:event-source-mapping:${uuid}`;
  const aliasArn = (props: LambdaEventSourceProps): string =>
    `arn:${aws.partition}:lambda:${aws.region}:${aws.account}:function:${props.functionName}:${props.aliasName}`;
  const tagsAt = async (uuid: string): Promise<Tags> =>
    (await orAbsent(aws.lambda.send(new ListTagsCommand({ Resource: arnOf(uuid) }))))?.Tags ?? {};

  const list = async (FunctionName?: string): Promise<readonly EventSourceMappingConfiguration[]> => {
    const mappings: EventSourceMappingConfiguration[] = [];
    let Marker: string | undefined;
    do {
      const command = new ListEventSourceMappingsCommand({
        ...(FunctionName && { FunctionName }),
        ...(Marker && { Marker }),
      });
      const page = await orAbsent(aws.lambda.send(command));
      mappings.push(...(page?.EventSourceMappings ?? []));
      Marker = page?.NextMarker;
    } while (Marker);
    return mappings.filter((mapping) => mapping.State !== 'Deleting');
  };

  const settled = (UUID: string): Promise<EventSourceMappingConfiguration> =>
    until(
      async () => {
        const found = await orAbsent(aws.lambda.send(new GetEventSourceMappingCommand({ UUID })));
        return found && /ing$/.test(found.State ?? '') ? undefined : (found ?? {});
      },
      { timeoutMs: settleMs, describe: `event source mapping ${UUID} to take its last change` },
    );

  const drop = async (UUID: string): Promise<void> => {
    if ((await settled(UUID)).UUID === undefined) return;
    await orAbsent(aws.lambda.send(new DeleteEventSourceMappingCommand({ UUID })));
    // The same function cannot have the same source again before this one is gone.
    await settled(UUID);
  };

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    if (!desired) return undefined;
    const wanted = desired as unknown as LambdaEventSourceProps;
    const mappings = await Promise.all(
      (await list(aliasArn(wanted))).map(async (mapping) => ({ mapping, tags: await tagsAt(mapping.UUID ?? '') })),
    );
    const found =
      mappings.find(({ tags }) => tags[ownerTagKeys.node] === target.id) ??
      mappings.find(({ mapping }) => mapping.EventSourceArn === wanted.sourceArn);
    if (!found) return undefined;
    const { mapping, tags } = found;
    const props: LambdaEventSourceProps = {
      functionName: wanted.functionName,
      aliasName: wanted.aliasName,
      ...fromMapping(mapping),
      tags: managedTags(tags, wanted.tags),
    };
    return {
      physicalId: mapping.UUID ?? '',
      props: props as unknown as Props,
      outputs: {},
      ...ownership(tags, owner),
    };
  };

  const create = async (desired: LambdaEventSourceProps): Promise<string> => {
    const { UUID = '' } = await aws.lambda.send(
      new CreateEventSourceMappingCommand({
        ...sourceInput(desired),
        ...changeableInput(desired),
        FunctionName: aliasArn(desired),
        Tags: { ...desired.tags },
      }),
    );
    await settled(UUID);
    return UUID;
  };

  const change = async (UUID: string, now: LambdaEventSourceProps, desired: LambdaEventSourceProps): Promise<void> => {
    await settled(UUID);
    await aws.lambda.send(
      new UpdateEventSourceMappingCommand({ UUID, FunctionName: aliasArn(desired), ...changeableInput(desired) }),
    );
    await settled(UUID);
    const Tags = missingTags(now.tags, desired.tags);
    if (Object.keys(Tags).length > 0) await aws.lambda.send(new TagResourceCommand({ Resource: arnOf(UUID), Tags }));
  };

  return {
    name: 'lambda-event-source',
    title: 'event source',
    fields: {
      functionName: 'immutable',
      aliasName: 'immutable',
      sourceArn: 'immutable',
      startingPosition: 'immutable',
      enabled: 'mutable',
      batchSize: 'mutable',
      batchWindow: 'mutable',
      parallelization: 'mutable',
      retries: 'mutable',
      bisectOnError: 'mutable',
      reportFailures: 'mutable',
      onFailure: 'mutable',
      maximumConcurrency: 'mutable',
      filters: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: true,
    beginsTraffic: true,
    retires: false,
    replacement: 'create-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as LambdaEventSourceProps;
      const now = live?.props as unknown as LambdaEventSourceProps | undefined;
      const reads = ({ sourceArn, startingPosition }: LambdaEventSourceProps): string => sourceArn + startingPosition;
      const stays = now !== undefined && reads(now) === reads(desired);
      if (live && !stays) await drop(live.physicalId);
      if (live && now && stays) await change(live.physicalId, now, desired);
      const uuid = live && stays ? live.physicalId : await create(desired);
      return { physicalId: uuid, props, outputs: {}, owned: true };
    },

    async remove({ physicalId }) {
      if (physicalId) await drop(physicalId);
    },

    async discover(known) {
      const prefix = `:function:${owner.project}-${owner.stage}-`;
      const mappings = (await list()).filter(
        ({ FunctionArn = '', UUID = '' }) => FunctionArn.includes(prefix) && !known?.has(UUID),
      );
      const found = await Promise.all(
        mappings.map(async ({ UUID = '' }) => ({ UUID, id: nodeOf(await tagsAt(UUID), owner) })),
      );
      return found.flatMap(({ UUID, id }) => (id === undefined ? [] : [{ id, name: id, physicalId: UUID }]));
    },
  };
}
