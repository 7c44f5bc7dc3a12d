// Brings one route and its response. What an update cannot take away (an authorizer, a model), it is made anew without:
// clients are served by the deployment, not by the working copy.

import {
  CreateRouteCommand,
  CreateRouteResponseCommand,
  DeleteRouteCommand,
  DeleteRouteResponseCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { orAbsent } from './or-absent.ts';
import type { V2Place } from './v2-converge.ts';
import { whateverKey } from './v2-protocol.ts';
import { routeFrom, routeInput, type V2RouteProps } from './v2-route.ts';
import { takesAway } from './v2-spelling.ts';
import type { LiveRoute } from './v2-working-copy.ts';

export async function putRoute(
  place: V2Place,
  key: string,
  props: V2RouteProps,
  ids: { readonly integration: string; readonly authorizer: string },
  live: LiveRoute | undefined,
): Promise<void> {
  const { aws, ApiId } = place;
  const input = routeInput(ApiId, key, props, ids);
  const now = live && routeFrom(live.route, live, live.route.RouteResponseSelectionExpression !== undefined, props);
  if (!live || !now) {
    await create(place, input, props);
    return;
  }
  const { RouteId = '' } = live.route;
  if ((now.responds && !props.responds) || takesAway(now as unknown as Json, props as unknown as Json)) {
    await orAbsent(aws.apiGatewayV2.send(new DeleteRouteCommand({ ApiId, RouteId })));
    await create(place, input, props);
    return;
  }
  const sameIds = live.route.Target === input.Target && (live.route.AuthorizerId ?? '') === ids.authorizer;
  if (!sameIds || !equal(now as unknown as Json, props as unknown as Json)) {
    await aws.apiGatewayV2.send(new UpdateRouteCommand({ ...input, RouteId }));
  }
  await putResponse(place, RouteId, props, live);
}

async function create(place: V2Place, input: ReturnType<typeof routeInput>, props: V2RouteProps): Promise<void> {
  const { RouteId = '' } = await place.aws.apiGatewayV2.send(new CreateRouteCommand(input));
  await putResponse(place, RouteId, props, undefined);
}

async function putResponse(
  { aws, ApiId }: V2Place,
  RouteId: string,
  props: V2RouteProps,
  live: LiveRoute | undefined,
): Promise<void> {
  const RouteResponseId = live?.response?.RouteResponseId;
  if (props.responds && RouteResponseId === undefined) {
    await aws.apiGatewayV2.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: whateverKey }));
  } else if (!props.responds && RouteResponseId !== undefined) {
    await orAbsent(aws.apiGatewayV2.send(new DeleteRouteResponseCommand({ ApiId, RouteId, RouteResponseId })));
  }
}
