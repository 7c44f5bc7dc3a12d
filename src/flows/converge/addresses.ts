// The URL of every route, as a client calls it: on AWS by the API's own host, on an emulator by its paths.

import type { ApiDefinition } from '../../api/definition.ts';
import type { Aws } from '../../aws/aws.ts';
import type { Live, NodeId } from '../../engine/kind.ts';
import { apiNodeId } from './graph/api-nodes.ts';

export interface RouteAddress {
  readonly api: string;
  /** `GET`; `ANY` for a catch-all. */
  readonly method: string;
  readonly url: string;
  /** Anybody may call it. */
  readonly public: boolean;
}

export function addressesOf(
  definitions: ReadonlyMap<string, ApiDefinition>,
  version: string,
  live: ReadonlyMap<NodeId, Live>,
  aws: Aws,
): readonly RouteAddress[] {
  return [...definitions.values()].flatMap((definition) => {
    const apiId = live.get(apiNodeId(definition, version))?.outputs['apiId'];
    return apiId === undefined ? [] : routesOf(definition, baseUrl(definition, apiId, aws));
  });
}

function routesOf(definition: ApiDefinition, base: string): readonly RouteAddress[] {
  if (definition.type === 'websocket') return [];
  const api = definition.name;
  if (definition.type === 'rest') {
    return definition.routes.map((route) => ({
      api,
      method: route.method,
      url: base + route.path,
      public: route.authorization.type === 'NONE' && !route.apiKeyRequired,
    }));
  }
  return definition.routes.map(({ routeKey, authorization }) => {
    const [method = 'ANY', path = '/'] = routeKey === '$default' ? ['ANY', '/*'] : routeKey.split(' ');
    return { api, method, url: base + path, public: authorization.type === 'NONE' };
  });
}

/** Without a slash at the end. */
function baseUrl(definition: ApiDefinition, apiId: string, aws: Aws): string {
  const stage = definition.stage.name;
  if (aws.endpoint !== undefined) {
    // `*.localhost` names do not resolve everywhere; emulators serve the same API by path.
    return `${aws.endpoint.replace(/\/$/, '')}/_aws/execute-api/${apiId}/${stage}`;
  }
  const suffix = aws.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `https://${apiId}.execute-api.${aws.region}.${suffix}`;
  return stage === '$default' ? host : `${host}/${stage}`;
}
