// The definition of an HTTP API: its integrations and routes, and the immutable deployment that holds them. The
// deployment's description is the hash of the whole definition. An integration of ours carries its key in its
// description; a route is ours when it leads to such an integration.

import {
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  DeleteDeploymentCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  type Deployment,
  GetDeploymentsCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  type Integration,
  type Route,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { isNotFound } from '../aws/is-not-found.ts';
import { equal } from '../engine/compare.ts';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import {
  type HttpIntegrationProps,
  type HttpRouteProps,
  integrationFrom,
  integrationInput,
  routeFrom,
} from './http-route.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { snapshotPrefix } from './rest-definition.ts';

export { httpDefinitionInputs } from './http-definition-inputs.ts';
export { type HttpIntegrationProps, type HttpRouteProps, httpTimeoutMs } from './http-route.ts';

export interface HttpDefinitionProps {
  readonly apiId: string;
  /** By key: `function:products-create`. */
  readonly integrations: Readonly<Record<string, HttpIntegrationProps>>;
  /** By route key: `GET /products/{id}`. */
  readonly routes: Readonly<Record<string, HttpRouteProps>>;
  readonly snapshot: string;
}

const keyPrefix = 'apigen:';

/** What stands in the API now; the last of several integrations with one key wins, the others are spare. */
interface WorkingCopy {
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly spare: readonly Integration[];
  readonly routes: ReadonlyMap<string, Route>;
  keyOf(route: Route): string | undefined;
}

export function httpDefinition({ aws }: KindContext): Kind {
  const gateway = aws.apiGatewayV2;

  const paged = async <T>(page: (token: string | undefined) => Promise<{ Items?: T[]; NextToken?: string }>) => {
    const all: T[] = [];
    let token: string | undefined;
    do {
      const answer = await page(token);
      all.push(...(answer.Items ?? []));
      token = answer.NextToken;
    } while (token);
    return all;
  };
  const request = (ApiId: string, NextToken: string | undefined) => ({
    ApiId,
    MaxResults: '500',
    ...(NextToken && { NextToken }),
  });

  const workingCopy = async (ApiId: string): Promise<WorkingCopy> => {
    const [integrations, routes] = await Promise.all([
      paged<Integration>(async (token) =>
        trimmed(await gateway.send(new GetIntegrationsCommand(request(ApiId, token)))),
      ),
      paged<Route>(async (token) => trimmed(await gateway.send(new GetRoutesCommand(request(ApiId, token))))),
    ]);
    const ours = integrations.filter((item) => item.Description?.startsWith(keyPrefix));
    const byKey = new Map(ours.map((item) => [item.Description?.slice(keyPrefix.length) ?? '', item]));
    const keyById = new Map(ours.map((item) => [item.IntegrationId, item.Description?.slice(keyPrefix.length)]));
    return {
      integrations: byKey,
      spare: ours.filter((item) => ![...byKey.values()].includes(item)),
      routes: new Map(routes.map((route) => [route.RouteKey ?? '', route])),
      keyOf: (route) => keyById.get(route.Target?.replace('integrations/', '')),
    };
  };
  const deployments = async (ApiId: string): Promise<readonly Deployment[]> => {
    const all = await paged<Deployment>(async (token) =>
      trimmed(await gateway.send(new GetDeploymentsCommand(request(ApiId, token)))),
    );
    return all.sort((a, b) => (a.CreatedDate?.getTime() ?? 0) - (b.CreatedDate?.getTime() ?? 0));
  };

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const wanted = desired as unknown as HttpDefinitionProps;
    const found = await orAbsent(Promise.all([workingCopy(wanted.apiId), deployments(wanted.apiId)]));
    if (!found) return undefined;
    const [copy, snapshots] = found;
    const isMine = (key: string, route: Route): boolean => key in wanted.routes || copy.keyOf(route) !== undefined;
    const mine = [...copy.routes].filter(([key, route]) => isMine(key, route));
    const match = snapshots.findLast((item) => item.Description === wanted.snapshot) ?? snapshots.at(-1);
    if (mine.length === 0 && copy.integrations.size === 0 && !match) return undefined;
    const props: HttpDefinitionProps = {
      apiId: wanted.apiId,
      integrations: Object.fromEntries([...copy.integrations].map(([key, item]) => [key, integrationFrom(item)])),
      routes: Object.fromEntries(mine.map(([key, route]) => [key, routeFrom(route, copy.keyOf(route))])),
      snapshot: match?.Description ?? '',
    };
    return {
      physicalId: wanted.apiId,
      props: props as unknown as Props,
      outputs: { deploymentId: match?.DeploymentId ?? '' },
      owned: true,
      unknownChildren: [...copy.routes].filter(([key, route]) => !isMine(key, route)).map(([key]) => `route ${key}`),
    };
  };

  const ensureIntegrations = async (desired: HttpDefinitionProps, copy: WorkingCopy): Promise<Map<string, string>> => {
    const ids = new Map<string, string>();
    for (const [key, props] of Object.entries(desired.integrations)) {
      const live = copy.integrations.get(key);
      const input = { ApiId: desired.apiId, Description: keyPrefix + key, ...integrationInput(props) };
      if (!live) ids.set(key, (await gateway.send(new CreateIntegrationCommand(input))).IntegrationId ?? '');
      else {
        ids.set(key, live.IntegrationId ?? '');
        if (equal(integrationFrom(live) as unknown as Json, props as unknown as Json)) continue;
        await gateway.send(new UpdateIntegrationCommand({ ...input, IntegrationId: live.IntegrationId }));
      }
    }
    return ids;
  };

  const ensureRoutes = async (
    desired: HttpDefinitionProps,
    copy: WorkingCopy,
    ids: ReadonlyMap<string, string>,
  ): Promise<void> => {
    for (const [RouteKey, props] of Object.entries(desired.routes)) {
      const live = copy.routes.get(RouteKey);
      const input = {
        ApiId: desired.apiId,
        RouteKey,
        AuthorizationType: props.authorizationType as 'NONE',
        Target: `integrations/${ids.get(props.integration) ?? ''}`,
      };
      if (!live) await gateway.send(new CreateRouteCommand(input));
      else if (live.Target !== input.Target || (live.AuthorizationType ?? 'NONE') !== props.authorizationType) {
        await gateway.send(new UpdateRouteCommand({ ...input, RouteId: live.RouteId }));
      }
    }
  };

  /** Our routes that left the source, then integrations that no route of ours leads to. */
  const clear = async (desired: HttpDefinitionProps, copy: WorkingCopy): Promise<void> => {
    const ApiId = desired.apiId;
    for (const [key, route] of copy.routes) {
      if (key in desired.routes || copy.keyOf(route) === undefined) continue;
      await orGone(() => gateway.send(new DeleteRouteCommand({ ApiId, RouteId: route.RouteId })));
    }
    const idle = [...copy.integrations].flatMap(([key, item]) => (key in desired.integrations ? [] : [item]));
    for (const { IntegrationId } of [...idle, ...copy.spare]) {
      await orGone(() => gateway.send(new DeleteIntegrationCommand({ ApiId, IntegrationId })));
    }
  };

  return {
    name: 'http-definition',
    title: 'routes of HTTP API',
    fields: { apiId: 'immutable', integrations: 'mutable', routes: 'mutable', snapshot: 'mutable' },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as HttpDefinitionProps;
      const same = (field: string): boolean => equal(live?.props[field], props[field]);
      if (!live || !same('integrations') || !same('routes')) {
        const copy = await workingCopy(desired.apiId);
        const ids = await ensureIntegrations(desired, copy);
        await ensureRoutes(desired, copy, ids);
        await clear(desired, copy);
      }
      const existing = (await deployments(desired.apiId)).findLast((item) => item.Description === desired.snapshot);
      const deploymentId =
        existing?.DeploymentId ??
        (await gateway.send(new CreateDeploymentCommand({ ApiId: desired.apiId, Description: desired.snapshot })))
          .DeploymentId ??
        '';
      return { physicalId: desired.apiId, props, outputs: { deploymentId }, owned: true };
    },

    // It goes with its API, and never without it.
    remove: async () => undefined,
    discover: async () => [],

    async prune(target, keep) {
      const ApiId = target.physicalId ?? '';
      const used = new Set(keep.filter((props) => props['apiId'] === ApiId).map((props) => props['snapshot']));
      for (const { DeploymentId, Description = '' } of await deployments(ApiId)) {
        if (used.has(Description) || !Description.startsWith(snapshotPrefix)) continue;
        try {
          await orGone(() => gateway.send(new DeleteDeploymentCommand({ ApiId, DeploymentId })));
        } catch (error) {
          // A stage that somebody else made may point at it: then it stays.
          if (!(error instanceof ApigenError && error.aws?.status === 400)) throw error;
        }
      }
    },
  };
}

async function orGone(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** `exactOptionalPropertyTypes` and the SDK's `| undefined` do not meet; absent is absent. */
function trimmed<T>(page: { Items?: T[] | undefined; NextToken?: string | undefined }): {
  Items?: T[];
  NextToken?: string;
} {
  return { ...(page.Items && { Items: page.Items }), ...(page.NextToken && { NextToken: page.NextToken }) };
}
