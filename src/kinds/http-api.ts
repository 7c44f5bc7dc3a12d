// An HTTP API's shell: its id and address, and what concerns all of it (CORS). AWS mints the id and holds names not
// unique, so it is found by its node tag before one is created.

import {
  type Api,
  type Cors,
  CreateApiCommand,
  type CreateApiCommandInput,
  DeleteApiCommand,
  DeleteCorsConfigurationCommand,
  GetApiCommand,
  GetApisCommand,
  TagResourceCommand,
  UpdateApiCommand,
  type UpdateApiCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { isNotFound } from '../aws/is-not-found.ts';
import { equal } from '../engine/compare.ts';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import { foundByTag } from './api-lookup.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';

/** In AWS's terms; lists keep their order. */
export interface CorsProps {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds; 0: not said. */
  readonly maxAge: number;
  readonly allowCredentials: boolean;
}

export interface HttpApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly protocol: 'HTTP';
  readonly cors: CorsProps | null;
  readonly tags: Tags;
}

export const httpApiInputs = {
  Name: 'apiName',
  Description: 'description',
  ProtocolType: 'protocol',
  CorsConfiguration: 'cors',
  Tags: 'tags',
  ApiKeySelectionExpression: unsupported('for WebSocket APIs'),
  CredentialsArn: unsupported('quick create makes what the definition declares'),
  RouteKey: unsupported('quick create makes what the definition declares'),
  Target: unsupported('quick create makes what the definition declares'),
  DisableExecuteApiEndpoint: unsupported('custom domains are not offered yet'),
  DisableSchemaValidation: unsupported('for WebSocket APIs'),
  IpAddressType: unsupported("AWS's default, ipv4"),
  RouteSelectionExpression: fixed("AWS's only one for HTTP APIs"),
  Version: fixed('versions are APIs of their own'),
  ApiId: fixed('minted by API Gateway'),
} satisfies Coverage<CreateApiCommandInput & UpdateApiCommandInput>;

export function httpApi({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGatewayV2;

  const list = async (): Promise<readonly Api[]> => {
    const apis: Api[] = [];
    let NextToken: string | undefined;
    do {
      const page = await gateway.send(new GetApisCommand({ MaxResults: '500', ...(NextToken && { NextToken }) }));
      apis.push(...(page.Items ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return apis;
  };
  const find = async (target: Target): Promise<{ api: Api; duplicates: readonly string[] } | undefined> => {
    const recorded = target.physicalId ? await get(target.physicalId) : undefined;
    if (recorded) return { api: recorded, duplicates: [] };
    return foundByTag(await list(), target.id, owner, (api) => ({ tags: api.Tags ?? {}, created: api.CreatedDate }));
  };
  const get = async (ApiId: string): Promise<Api | undefined> => {
    try {
      const { $metadata: _, ...api } = await gateway.send(new GetApiCommand({ ApiId }));
      return api as Api;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  const outputsOf = (api: Pick<Api, 'ApiId' | 'ApiEndpoint'>) => ({
    apiId: api.ApiId ?? '',
    endpoint: api.ApiEndpoint ?? '',
  });

  const liveOf = (api: Api, desired: Props | undefined, duplicates: readonly string[]): Live => {
    const props = {
      apiName: api.Name ?? '',
      description: api.Description ?? '',
      protocol: api.ProtocolType ?? 'HTTP',
      cors: asWanted(corsFrom(api.CorsConfiguration), desired?.['cors'] as unknown as CorsProps | null | undefined),
      tags: managedTags(api.Tags ?? {}, desired?.['tags']),
    };
    return {
      physicalId: api.ApiId ?? '',
      props: props as unknown as Props,
      outputs: outputsOf(api),
      ...ownership(api.Tags ?? {}, owner),
      duplicates,
    };
  };

  /**
   * UpdateApi is a PATCH, and an empty list cannot be sent: where the answer still holds what should go, the settings
   * are made anew. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#UpdateApi
   */
  const setCors = async (ApiId: string, cors: CorsProps): Promise<void> => {
    const command = new UpdateApiCommand({ ApiId, CorsConfiguration: corsInput(cors) });
    const { CorsConfiguration } = await gateway.send(command);
    if (equal(asWanted(corsFrom(CorsConfiguration), cors) as unknown as Json, cors as unknown as Json)) return;
    await gateway.send(new DeleteCorsConfigurationCommand({ ApiId }));
    await gateway.send(command);
  };

  const update = async (ApiId: string, now: HttpApiProps, desired: HttpApiProps): Promise<void> => {
    const corsChanged = !equal(now.cors as Json, desired.cors as Json);
    if (corsChanged && desired.cors === null) await gateway.send(new DeleteCorsConfigurationCommand({ ApiId }));
    if (now.apiName !== desired.apiName || now.description !== desired.description) {
      const { apiName: Name, description: Description } = desired;
      await gateway.send(new UpdateApiCommand({ ApiId, Name, Description }));
    }
    if (corsChanged && desired.cors) await setCors(ApiId, desired.cors);
    const tags = missingTags(now.tags, desired.tags);
    if (Object.keys(tags).length > 0) {
      const ResourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/apis/${ApiId}`;
      await gateway.send(new TagResourceCommand({ ResourceArn, Tags: tags }));
    }
  };

  return {
    name: 'http-api',
    title: 'HTTP API',
    fields: { apiName: 'mutable', description: 'mutable', protocol: 'immutable', cors: 'mutable', tags: 'mutable' },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',

    async read(target, desired) {
      const found = await find(target);
      return found && liveOf(found.api, desired, found.duplicates);
    },

    async reconcile(_target, props, live) {
      const desired = props as unknown as HttpApiProps;
      if (live) {
        await update(live.physicalId, live.props as unknown as HttpApiProps, desired);
        return { ...live, props };
      }
      const api = await gateway.send(
        new CreateApiCommand({
          Name: desired.apiName,
          Description: desired.description,
          ProtocolType: desired.protocol,
          ...(desired.cors && { CorsConfiguration: corsInput(desired.cors) }),
          Tags: { ...desired.tags },
        }),
      );
      return { physicalId: api.ApiId ?? '', props, outputs: outputsOf(api), owned: true };
    },

    async remove(target) {
      const ApiId = target.physicalId ?? (await find(target))?.api.ApiId;
      if (ApiId === undefined) return;
      try {
        await gateway.send(new DeleteApiCommand({ ApiId }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },

    async discover() {
      return (await list()).flatMap((api) => {
        const id = nodeOf(api.Tags ?? {}, owner);
        return id === undefined ? [] : [{ id, name: api.Name ?? '', physicalId: api.ApiId ?? '' }];
      });
    },
  };
}

function corsFrom(cors: Cors | undefined): CorsProps | null {
  if (!cors || Object.values(cors).every((value) => value === undefined)) return null;
  return {
    allowOrigins: cors.AllowOrigins ?? [],
    allowMethods: cors.AllowMethods ?? [],
    allowHeaders: cors.AllowHeaders ?? [],
    exposeHeaders: cors.ExposeHeaders ?? [],
    maxAge: cors.MaxAge ?? 0,
    allowCredentials: cors.AllowCredentials ?? false,
  };
}

/** API Gateway answers lists in an order and letter case of its own: equal ones read as they are wanted. */
function asWanted(live: CorsProps | null, wanted: CorsProps | null | undefined): CorsProps | null {
  if (!live || !wanted) return live;
  const spelt = (list: readonly string[], as: readonly string[]): readonly string[] => {
    const folded = (values: readonly string[]): string => JSON.stringify(values.map((one) => one.toLowerCase()).sort());
    return folded(list) === folded(as) ? as : list;
  };
  return {
    ...live,
    allowOrigins: spelt(live.allowOrigins, wanted.allowOrigins),
    allowMethods: spelt(live.allowMethods, wanted.allowMethods),
    allowHeaders: spelt(live.allowHeaders, wanted.allowHeaders),
    exposeHeaders: spelt(live.exposeHeaders, wanted.exposeHeaders),
  };
}

/** Empty lists are left out: API Gateway refuses them. What is off is said, so that an update turns it off. */
function corsInput(cors: CorsProps): Cors {
  const listed = (values: readonly string[]): string[] | undefined => (values.length > 0 ? [...values] : undefined);
  return {
    AllowOrigins: listed(cors.allowOrigins),
    AllowMethods: listed(cors.allowMethods),
    AllowHeaders: listed(cors.allowHeaders),
    ExposeHeaders: listed(cors.exposeHeaders),
    MaxAge: cors.maxAge,
    AllowCredentials: cors.allowCredentials,
  };
}
