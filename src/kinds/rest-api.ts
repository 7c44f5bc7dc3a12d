// A REST API's shell: its id and address, which functions' permissions and policies need before any route exists.
// AWS mints the id and holds names not unique, so it is found by its node tag before one is created.

import {
  CreateRestApiCommand,
  type CreateRestApiCommandInput,
  DeleteRestApiCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  type PatchOperation,
  type RestApi,
  TagResourceCommand,
  UpdateRestApiCommand,
  type UpdateRestApiCommandInput,
} from '@aws-sdk/client-api-gateway';
import { isNotFound } from '../aws/is-not-found.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { foundByTag } from './api-lookup.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';

export interface RestApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly endpointType: 'REGIONAL' | 'EDGE';
  readonly tags: Tags;
}

export const restApiInputs = {
  name: 'apiName',
  description: 'description',
  endpointConfiguration: 'endpointType',
  tags: 'tags',
  version: fixed('versions are APIs of their own'),
  cloneFrom: unsupported('the definition is the source'),
  binaryMediaTypes: unsupported('binary media types are not offered yet'),
  minimumCompressionSize: unsupported('compression is not offered yet'),
  apiKeySource: unsupported('API keys are not offered yet'),
  policy: unsupported('resource policies are not offered yet'),
  disableExecuteApiEndpoint: unsupported('custom domains are not offered yet'),
  securityPolicy: unsupported("AWS's default"),
  endpointAccessMode: unsupported("AWS's default"),
  restApiId: fixed('minted by API Gateway'),
  patchOperations: ['apiName', 'description', 'endpointType'],
} satisfies Coverage<CreateRestApiCommandInput & UpdateRestApiCommandInput>;

export function restApi({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGateway;

  const list = async (): Promise<readonly RestApi[]> => {
    const apis: RestApi[] = [];
    let position: string | undefined;
    do {
      const page = await gateway.send(new GetRestApisCommand({ limit: 500, ...(position && { position }) }));
      apis.push(...(page.items ?? []));
      position = page.position;
    } while (position);
    return apis;
  };
  const get = async (restApiId: string): Promise<RestApi | undefined> => {
    try {
      return await gateway.send(new GetRestApiCommand({ restApiId }));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };

  const liveOf = (api: RestApi, desired: Props | undefined, duplicates: readonly string[]): Live => {
    const props: RestApiProps = {
      apiName: api.name ?? '',
      description: api.description ?? '',
      endpointType: (api.endpointConfiguration?.types?.[0] ?? 'EDGE') as RestApiProps['endpointType'],
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
    fields: { apiName: 'mutable', description: 'mutable', endpointType: 'mutable', tags: 'mutable' },
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
            tags: { ...desired.tags },
          }),
        );
        return { physicalId: api.id ?? '', props, outputs: outputsOf(api), owned: true };
      }
      const now = live.props as unknown as RestApiProps;
      const patchOperations: PatchOperation[] = [];
      if (now.apiName !== desired.apiName)
        patchOperations.push({ op: 'replace', path: '/name', value: desired.apiName });
      if (now.description !== desired.description) {
        patchOperations.push({ op: 'replace', path: '/description', value: desired.description });
      }
      if (now.endpointType !== desired.endpointType) {
        const path = `/endpointConfiguration/types/${now.endpointType}`;
        patchOperations.push({ op: 'replace', path, value: desired.endpointType });
      }
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
      try {
        await gateway.send(new DeleteRestApiCommand({ restApiId }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },

    async discover() {
      return (await list()).flatMap((api) => {
        const id = nodeOf(api.tags ?? {}, owner);
        return id === undefined ? [] : [{ id, name: api.name ?? '', physicalId: api.id ?? '' }];
      });
    },
  };
}
