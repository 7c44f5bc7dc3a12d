// Brings the working copy of an HTTP or WebSocket API to its content: what is referred to before what refers to it, and
// what goes the other way round. Safe to cut off at any call: a later run finds by name what an earlier one made.

import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  DeleteAuthorizerCommand,
  DeleteIntegrationCommand,
  DeleteModelCommand,
  DeleteRouteCommand,
  UpdateAuthorizerCommand,
  UpdateModelCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { Aws } from '../aws/aws.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { orAbsent } from './or-absent.ts';
import { authorizerFrom, authorizerInput, authorizerName } from './v2-authorizer.ts';
import { isOurRoute, type V2Content } from './v2-content.ts';
import { isOurModel, modelFrom, modelInput } from './v2-model.ts';
import type { V2Protocol } from './v2-protocol.ts';
import { putIntegration } from './v2-put-integration.ts';
import { putRoute } from './v2-put-route.ts';
import { readWorkingCopy, type WorkingCopy } from './v2-working-copy.ts';

export interface V2Place {
  readonly aws: Aws;
  readonly ApiId: string;
  readonly protocol: V2Protocol;
}

type Ids = ReadonlyMap<string, string>;

export async function converge(place: V2Place, content: V2Content): Promise<void> {
  const copy = await readWorkingCopy(place.aws, place.ApiId, place.protocol, content, true);
  const authorizers = await putAuthorizers(place, content, copy);
  await putModels(place, content, copy);
  const integrations = new Map<string, string>();
  for (const [key, props] of Object.entries(content.integrations)) {
    integrations.set(key, await putIntegration(place, key, props, copy.integrations.get(key)));
  }
  for (const [key, props] of Object.entries(content.routes)) {
    const ids = {
      integration: integrations.get(props.integration) ?? '',
      authorizer: authorizers.get(props.authorizer) ?? '',
    };
    await putRoute(place, key, props, ids, copy.routes.get(key));
  }
  await clear(place, content, copy, { authorizers, integrations });
}

async function putAuthorizers({ aws, ApiId, protocol }: V2Place, content: V2Content, copy: WorkingCopy): Promise<Ids> {
  const ids = new Map<string, string>();
  for (const [name, props] of Object.entries(content.authorizers)) {
    const live = copy.authorizers.get(name);
    const input = authorizerInput(ApiId, name, props);
    // One of another type is another authorizer.
    if (live === undefined || live.Name !== authorizerName(name, props)) {
      const { AuthorizerId } = await aws.apiGatewayV2.send(new CreateAuthorizerCommand(input));
      ids.set(name, AuthorizerId ?? '');
      continue;
    }
    ids.set(name, live.AuthorizerId ?? '');
    if (equal(authorizerFrom(live, protocol, props) as unknown as Json, props as unknown as Json)) continue;
    await aws.apiGatewayV2.send(new UpdateAuthorizerCommand({ ...input, AuthorizerId: live.AuthorizerId }));
  }
  return ids;
}

async function putModels({ aws, ApiId }: V2Place, content: V2Content, copy: WorkingCopy): Promise<void> {
  for (const [name, props] of Object.entries(content.models)) {
    const live = copy.models.get(name);
    const input = modelInput(ApiId, name, props);
    if (!live) await aws.apiGatewayV2.send(new CreateModelCommand(input));
    else if (!isOurModel(live) || !equal(modelFrom(live).schema, props.schema)) {
      await aws.apiGatewayV2.send(new UpdateModelCommand({ ...input, ModelId: live.ModelId }));
    }
  }
}

/** Our routes that left the source, then what no route of ours needs any more. */
async function clear(
  { aws, ApiId }: V2Place,
  content: V2Content,
  copy: WorkingCopy,
  used: { readonly authorizers: Ids; readonly integrations: Ids },
): Promise<void> {
  const gateway = aws.apiGatewayV2;
  for (const [key, live] of copy.routes) {
    if (key in content.routes || !isOurRoute(content, key, live)) continue;
    await orAbsent(gateway.send(new DeleteRouteCommand({ ApiId, RouteId: live.route.RouteId })));
  }
  const integrationsUsed = new Set(used.integrations.values());
  for (const { item } of copy.integrations.values()) {
    if (integrationsUsed.has(item.IntegrationId ?? '')) continue;
    await orAbsent(gateway.send(new DeleteIntegrationCommand({ ApiId, IntegrationId: item.IntegrationId })));
  }
  const authorizersUsed = new Set(used.authorizers.values());
  for (const { AuthorizerId } of copy.authorizers.values()) {
    if (authorizersUsed.has(AuthorizerId ?? '')) continue;
    await orAbsent(gateway.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId })));
  }
  for (const [name, model] of copy.models) {
    if (name in content.models || !isOurModel(model)) continue;
    await orAbsent(gateway.send(new DeleteModelCommand({ ApiId, ModelId: model.ModelId })));
  }
}
