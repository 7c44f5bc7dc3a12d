// An HTTP API's shell: its id and address, and what concerns all of it (CORS). It is found by its node tag before one
// is created.

import {
  type Api,
  CreateApiCommand,
  type CreateApiCommandInput,
  DeleteCorsConfigurationCommand,
  UpdateApiCommand,
  type UpdateApiCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { equal } from '../engine/compare.ts';
import type { Json, Kind, Live, Props } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import { type CorsProps, corsAsWanted, corsFrom, corsInput } from './http-cors.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, ownership, type Tags } from './ownership.ts';
import { V2Apis } from './v2-api.ts';

export type { CorsProps } from './http-cors.ts';

export interface HttpApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly protocol: 'HTTP';
  readonly cors: CorsProps | null;
  /** Clients come by a custom domain alone. */
  readonly endpointDisabled: boolean;
  readonly tags: Tags;
}

export const httpApiInputs = {
  Name: 'apiName',
  Description: 'description',
  ProtocolType: 'protocol',
  CorsConfiguration: 'cors',
  DisableExecuteApiEndpoint: 'endpointDisabled',
  Tags: 'tags',
  ApiKeySelectionExpression: unsupported('for WebSocket APIs'),
  CredentialsArn: unsupported('quick create makes what the definition declares'),
  RouteKey: unsupported('quick create makes what the definition declares'),
  Target: unsupported('quick create makes what the definition declares'),
  DisableSchemaValidation: unsupported('for WebSocket APIs'),
  IpAddressType: unsupported("AWS's default, ipv4"),
  RouteSelectionExpression: fixed("AWS's only one for HTTP APIs"),
  Version: fixed('versions are APIs of their own'),
  ApiId: fixed('minted by API Gateway'),
} satisfies Coverage<CreateApiCommandInput & UpdateApiCommandInput>;

export function httpApi({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGatewayV2;
  const apis = new V2Apis(aws, owner, 'HTTP');
  const outputsOf = (api: Pick<Api, 'ApiId' | 'ApiEndpoint'>) => ({
    apiId: api.ApiId ?? '',
    endpoint: api.ApiEndpoint ?? '',
  });

  const liveOf = (api: Api, desired: Props | undefined, duplicates: readonly string[]): Live => {
    const wanted = desired?.['cors'] as unknown as CorsProps | null | undefined;
    const props = {
      apiName: api.Name ?? '',
      description: api.Description ?? '',
      protocol: api.ProtocolType ?? 'HTTP',
      cors: corsAsWanted(corsFrom(api.CorsConfiguration), wanted),
      endpointDisabled: api.DisableExecuteApiEndpoint ?? false,
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
    if (equal(corsAsWanted(corsFrom(CorsConfiguration), cors) as unknown as Json, cors as unknown as Json)) return;
    await gateway.send(new DeleteCorsConfigurationCommand({ ApiId }));
    await gateway.send(command);
  };

  const update = async (ApiId: string, now: HttpApiProps, desired: HttpApiProps): Promise<void> => {
    const corsChanged = !equal(now.cors as Json, desired.cors as Json);
    if (corsChanged && desired.cors === null) await gateway.send(new DeleteCorsConfigurationCommand({ ApiId }));
    const { apiName: Name, description: Description, endpointDisabled: DisableExecuteApiEndpoint } = desired;
    if (now.apiName !== Name || now.description !== Description || now.endpointDisabled !== DisableExecuteApiEndpoint) {
      await gateway.send(new UpdateApiCommand({ ApiId, Name, Description, DisableExecuteApiEndpoint }));
    }
    if (corsChanged && desired.cors) await setCors(ApiId, desired.cors);
    await apis.tag(ApiId, now.tags, desired.tags);
  };

  return {
    name: 'http-api',
    title: 'HTTP API',
    fields: {
      apiName: 'mutable',
      description: 'mutable',
      protocol: 'immutable',
      cors: 'mutable',
      endpointDisabled: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',

    async read(target, desired) {
      const found = await apis.find(target);
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
          DisableExecuteApiEndpoint: desired.endpointDisabled,
          Tags: { ...desired.tags },
        }),
      );
      return { physicalId: api.ApiId ?? '', props, outputs: outputsOf(api), owned: true };
    },

    remove: (target) => apis.remove(target),
    discover: () => apis.discover(),
  };
}
