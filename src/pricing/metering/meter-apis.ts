// API Gateway's requests, messages, minutes and caches, and the data that leaves for callers.
// Rules: the price file's metering_rules.api_gateway.

import { Decimal, increments, ONE, ZERO } from '../decimal.ts';
import type { MeterId } from '../meters.ts';
import type { ApiLoad, RouteLoad, Workload } from '../workload.ts';
import { GB, KB, MB, type Metered } from './metered.ts';

const HTTP_STEP = KB.times(512);
const WEBSOCKET_STEP = KB.times(32);
const STREAMING_STEP = MB.times(10);

export function meterApis(workload: Workload): Metered[] {
  return workload.apis.flatMap((api) => [
    ...api.routes.flatMap((route) => meterRoute(api, route, workload.region)),
    ...meterApi(api, workload),
  ]);
}

/** Requests that a route's backend sees: the cache of a REST API answers the others. */
export function reachingBackend(api: ApiLoad, route: RouteLoad): Decimal {
  if (api.type !== 'rest' || api.cache === undefined || !route.cacheable) return route.requests;
  return route.requests.times(ONE.minus(api.cache.hitRate));
}

function meterRoute(api: ApiLoad, route: RouteLoad, region: string): Metered[] {
  const owner = { api: api.name, route: route.key };
  const requests = route.requests.times(unitsPerRequest(api, route));
  // Connecting and disconnecting call their functions, and are no messages.
  const counted = route.key !== '$connect' && route.key !== '$disconnect';
  const metered: Metered[] = counted ? [{ meter: requestMeter(api), region, quantity: requests, owner }] : [];
  const { requestBytes = ZERO, responseBytes = ZERO } = route;
  if (api.exposure === 'internet') {
    const quantity = route.requests.times(responseBytes).div(GB);
    return [...metered, { meter: 'data-out', region, quantity, owner }];
  }
  if (api.endpointZones.isZero()) return metered;
  const quantity = route.requests.times(requestBytes.plus(responseBytes)).div(GB);
  return [...metered, { meter: 'vpc-endpoint-data', region, quantity, owner }];
}

function meterApi(api: ApiLoad, { region, month }: Workload): Metered[] {
  const owner = { api: api.name };
  const sentUnits = api.sent.messages.times(steps(api.sent.bytes, WEBSOCKET_STEP));
  const metered: Metered[] = [
    { meter: 'websocket-messages', region, quantity: sentUnits, owner },
    { meter: 'websocket-minutes', region, quantity: api.connectionMinutes, owner },
    { meter: 'data-out', region, quantity: api.sent.messages.times(api.sent.bytes ?? ZERO).div(GB), owner },
  ];
  if (api.cache !== undefined) {
    metered.push({ meter: cacheMeter(api.cache.size), region, quantity: api.cache.hours ?? month.hours, owner });
  }
  if (api.exposure === 'private') {
    metered.push({ meter: 'vpc-endpoint-hours', region, quantity: api.endpointZones.times(month.hours), owner });
  }
  return metered;
}

function requestMeter(api: ApiLoad): MeterId {
  if (api.type === 'websocket') return 'websocket-messages';
  return api.type === 'rest' ? 'rest-requests' : 'http-requests';
}

function cacheMeter(size: string): MeterId {
  return `cache-${size}gb` as MeterId;
}

// AWS does not say which side of an HTTP request counts: the larger of both is taken.
function unitsPerRequest(api: ApiLoad, route: RouteLoad): Decimal {
  if (api.type === 'websocket') return steps(route.requestBytes, WEBSOCKET_STEP);
  if (api.type === 'rest') return route.streamed ? steps(route.responseBytes, STREAMING_STEP) : ONE;
  return Decimal.max(steps(route.requestBytes, HTTP_STEP), steps(route.responseBytes, HTTP_STEP));
}

/** Steps an amount takes; one where it is empty or not said. */
function steps(bytes: Decimal | undefined, step: Decimal): Decimal {
  return Decimal.max(ONE, increments(bytes ?? ONE, step));
}
