// The URL of every route, as a client calls it; of a WebSocket API the one address that clients connect to.

import type { ApiDefinition } from '../../api/definition.ts';
import type { Aws } from '../../aws/aws.ts';
import { executeApiUrl, socketUrl } from '../../aws/execute-api-url.ts';
import type { Live, NodeId } from '../../engine/kind.ts';
import { apiNodeId } from './graph/api-nodes.ts';
import { mappingKeys } from './graph/domain-nodes.ts';
import { basePathsOf } from './graph/rest-domain-nodes.ts';
import { connectsFreely } from './public-routes.ts';

export interface RouteAddress {
  readonly api: string;
  /** `GET`; `ANY` for a catch-all; `CONNECT` for the address of a WebSocket API. */
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
    return apiId === undefined ? [] : routesOf(definition, baseOf(definition, version, apiId, aws));
  });
}

/** Where the default endpoint is switched off, the domain is the only address. Emulators are called by path all the same. */
function baseOf(definition: ApiDefinition, version: string, apiId: string, aws: Aws): string {
  const { domain, defaultEndpointDisabled, stage } = definition;
  if (aws.endpoint !== undefined || domain === undefined || defaultEndpointDisabled !== true) {
    return executeApiUrl(aws, apiId, stage.name);
  }
  const paths =
    definition.type === 'rest' ? basePathsOf(domain.basePath, version) : mappingKeys(definition, domain, version);
  const [path = ''] = paths;
  return `https://${domain.domainName}${path === '' ? '' : `/${path}`}`;
}

function routesOf(definition: ApiDefinition, base: string): readonly RouteAddress[] {
  if (definition.type === 'websocket') {
    // All routes are behind one address, which $connect guards.
    return [{ api: definition.name, method: 'CONNECT', url: socketUrl(base), public: connectsFreely(definition) }];
  }
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

/** A custom domain, and what its owner's DNS must point it at. */
export interface DomainTarget {
  readonly domain: string;
  /** The host that AWS minted. */
  readonly target: string;
  /** For an alias record of Route 53. */
  readonly hostedZoneId: string;
}

export function domainTargets(live: ReadonlyMap<NodeId, Live>): readonly DomainTarget[] {
  return [...live.values()].flatMap(({ physicalId, outputs: { target, hostedZoneId } }) =>
    // AWS names the host a moment after it made the domain.
    target === undefined || target === '' || hostedZoneId === undefined
      ? []
      : [{ domain: physicalId, target, hostedZoneId }],
  );
}
