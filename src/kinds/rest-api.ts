// A REST API's shell: its id and address, which functions' permissions and policies need before any route exists.
// AWS mints the id and holds names not unique, so it is found by its node tag before one is created.

import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  type RestApi,
  TagResourceCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { foundByTag } from './api-lookup.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership } from './ownership.ts';
import { type RestApiProps, restApiPatch } from './rest-api-props.ts';
import { removeExecutionLogs } from './rest-execution-log.ts';
import { everyPage } from './rest-part.ts';
import { policyFrom } from './rest-policy.ts';
import { leaveUsagePlans } from './usage-plan-stages.ts';

export function restApi({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGateway;

  const list = (): Promise<readonly RestApi[]> =>
    everyPage<RestApi>((position) => gateway.send(new GetRestApisCommand({ limit: 500, ...position })));
  const get = (restApiId: string): Promise<RestApi | undefined> =>
    orAbsent(gateway.send(new GetRestApiCommand({ restApiId })));

  const liveOf = (api: RestApi, desired: Props | undefined, duplicates: readonly string[]): Live => {
    const props: RestApiProps = {
      apiName: api.name ?? '',
      description: api.description ?? '',
      endpointType: (api.endpointConfiguration?.types?.[0] ?? 'EDGE') as RestApiProps['endpointType'],
      ...patchedFrom(api),
      apiKeySource: api.apiKeySource ?? 'HEADER',
      policy: policyFrom(api.policy, api.id ?? ''),
      tags: managedTags(api.tags ?? {}, desired?.['tags']),
    };
    return {
      physicalId: api.id ?? '',
      props: props as unknown as Props,
      outputs: outputsOf(api),
      ...ownership(api.tags ?? {}, owner),
      duplicates,
    };
  };
  const outputsOf = (api: RestApi) => ({ apiId: api.id ?? '', rootResourceId: api.rootResourceId ?? '' });

  const find = async (target: Target): Promise<{ api: RestApi; duplicates: readonly string[] } | undefined> => {
    const recorded = target.physicalId ? await get(target.physicalId) : undefined;
    if (recorded) return { api: recorded, duplicates: [] };
    return foundByTag(await list(), target.id, owner, (api) => ({ tags: api.tags ?? {}, created: api.createdDate }));
  };

  return {
    name: 'rest-api',
    title: 'REST API',
    fields: {
      apiName: 'mutable',
      description: 'mutable',
      endpointType: 'mutable',
      binaryMediaTypes: 'mutable',
      minimumCompressionSize: 'mutable',
      apiKeySource: 'mutable',
      policy: 'mutable',
      endpointDisabled: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',

    async read(target, desired) {
      const found = await find(target);
      return found && liveOf(found.api, desired, found.duplicates);
    },

    async reconcile(_target, props, live) {
      const desired = props as unknown as RestApiProps;
      if (!live) {
        const api = await gateway.send(
          new CreateRestApiCommand({
            name: desired.apiName,
            description: desired.description,
            endpointConfiguration: { types: [desired.endpointType] },
            binaryMediaTypes: [...desired.binaryMediaTypes],
            ...(desired.minimumCompressionSize !== null && { minimumCompressionSize: desired.minimumCompressionSize }),
            apiKeySource: desired.apiKeySource,
            ...(desired.policy !== null && { policy: JSON.stringify(desired.policy) }),
            disableExecuteApiEndpoint: desired.endpointDisabled,
            tags: { ...desired.tags },
          }),
        );
        return { physicalId: api.id ?? '', props, outputs: outputsOf(api), owned: true };
      }
      const now = live.props as unknown as RestApiProps;
      const patchOperations = restApiPatch(now, desired);
      if (patchOperations.length > 0) {
        await gateway.send(new UpdateRestApiCommand({ restApiId: live.physicalId, patchOperations }));
      }
      const tags = missingTags(now.tags, desired.tags);
      if (Object.keys(tags).length > 0) {
        const resourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/restapis/${live.physicalId}`;
        await gateway.send(new TagResourceCommand({ resourceArn, tags }));
      }
      return { ...live, props };
    },

    async remove(target) {
      const restApiId = target.physicalId ?? (await find(target))?.api.id;
      if (restApiId === undefined) return;
      await leaveUsagePlans(aws, restApiId);
      await orAbsent(gateway.send(new DeleteRestApiCommand({ restApiId })));
      await removeExecutionLogs(aws, restApiId);
    },

    async discover() {
      return (await list()).flatMap((api) => {
        const id = nodeOf(api.tags ?? {}, owner);
        return id === undefined ? [] : [{ id, name: api.name ?? '', physicalId: api.id ?? '' }];
      });
    },
  };
}

/** What emulators answer as text once it was patched. */
function patchedFrom({ binaryMediaTypes, minimumCompressionSize, disableExecuteApiEndpoint }: RestApi) {
  return {
    binaryMediaTypes: Array.isArray(binaryMediaTypes) ? [...binaryMediaTypes].sort() : [],
    minimumCompressionSize: minimumCompressionSize == null ? null : Number(minimumCompressionSize),
    endpointDisabled: String(disableExecuteApiEndpoint) === 'true',
  };
}
