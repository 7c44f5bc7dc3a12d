// The event that a route hands to its function, and the answer it takes, as types: the shape by the type of its API,
// path parameters by its key, query and headers by `parameters`, the caller by its auth. `Lambda` is events.ts.

import { type Member, objectType, stringType } from '../../models/types/type-text.ts';
import type { ApiDeclaration, RouteDeclaration } from '../../project/project.ts';
import { parameterOf } from '../../project/route-key.ts';
import { accessType } from './route-access.ts';
import type { RouteBody } from './route-body.ts';
import type { StageView } from './stage-view.ts';

export interface RouteEvent {
  readonly event: string;
  readonly answer: string;
}

/** @param body what is known of its body */
export function routeEvent(
  view: StageView,
  api: ApiDeclaration,
  route: RouteDeclaration,
  body: RouteBody | undefined,
): RouteEvent {
  // A mapping of a REST API makes its own event and its own answer.
  const isMapped = api.type === 'rest' && route.target.type === 'function' && route.target.mapping !== undefined;
  if (isMapped) return { event: 'unknown', answer: 'unknown' };
  const access = accessType(view, api, route);
  if (api.type === 'websocket') return socketEvent(route, access, body);
  if (api.type === 'http' && route.payload !== '1.0') {
    const parts = parametersOf(route);
    const members = [
      ...pathMember(parts.path, undefined),
      ...queryMember(parts.query, undefined),
      ...headerMember(parts.header),
      bodyMember(route, body, body?.isRequired === true ? 'string' : undefined),
    ];
    const key = stringType(route.key);
    return {
      event: `${generic('Lambda.HttpEvent', key, methodOf(route), access)} & ${objectType(members)}`,
      answer: 'Lambda.HttpAnswer',
    };
  }
  const parts = parametersOf(route);
  const members = [
    ...pathMember(parts.path, 'null'),
    ...queryMember(parts.query, 'null'),
    { name: 'multiValueQueryStringParameters', type: 'Lambda.ValueLists | null' },
    // REST APIs let bodies of other content types pass unseen.
    bodyMember(route, body, api.type === 'http' && body?.isRequired === true ? 'string' : 'string | null'),
  ];
  const name = api.type === 'http' ? 'Lambda.HttpEventV1' : 'Lambda.RestEvent';
  const event = generic(name, stringType(route.path), methodOf(route), access);
  return { event: `${event} & ${objectType(members)}`, answer: 'Lambda.RestAnswer' };
}

function socketEvent(route: RouteDeclaration, access: string | undefined, body: RouteBody | undefined): RouteEvent {
  const answer = 'Lambda.SocketAnswer';
  if (route.key === '$connect') {
    const members = [{ name: 'queryStringParameters', type: 'Lambda.Values', optional: true }];
    return { event: `${generic('Lambda.ConnectEvent', access)} & ${objectType(members)}`, answer };
  }
  if (route.key === '$disconnect') return { event: generic('Lambda.DisconnectEvent', access), answer };
  const members = [bodyMember(route, body, undefined)];
  return { event: `${generic('Lambda.MessageEvent', stringType(route.key), access)} & ${objectType(members)}`, answer };
}

const methodOf = ({ method }: RouteDeclaration): string => (method === 'ANY' ? 'string' : stringType(method));

function generic(name: string, ...parameters: readonly (string | undefined)[]): string {
  const given = parameters.filter((one) => one !== undefined);
  return given.length === 0 ? name : `${name}<${given.join(', ')}>`;
}

interface Parameters {
  readonly path: readonly string[];
  readonly query: readonly Member[];
  readonly header: readonly Member[];
}

function parametersOf({ path, parameters = [] }: RouteDeclaration): Parameters {
  const of = (place: string): Member[] =>
    parameters
      .filter((one) => one.in === place)
      .map(({ name, required }) => ({ name, type: 'string', optional: !required }));
  return {
    path: path.split('/').flatMap((segment) => parameterOf(segment) ?? []),
    query: of('querystring'),
    header: of('header'),
  };
}

/** @param absent what an event holds in its place, or nothing where it then has none */
function pathMember(names: readonly string[], absent: 'null' | undefined): readonly Member[] {
  if (names.length === 0) return absent === undefined ? [] : [{ name: 'pathParameters', type: absent }];
  return [{ name: 'pathParameters', type: objectType(names.map((name) => ({ name, type: 'string' }))) }];
}

function queryMember(query: readonly Member[], absent: 'null' | undefined): readonly Member[] {
  const type = query.length === 0 ? 'Lambda.Values' : objectType(query, 'string | undefined');
  const isThere = query.some(({ optional }) => optional !== true);
  if (isThere) return [{ name: 'queryStringParameters', type }];
  return absent === undefined
    ? [{ name: 'queryStringParameters', type, optional: true }]
    : [{ name: 'queryStringParameters', type: `${type} | null` }];
}

/** Payload 2.0 alone has lower-case names; elsewhere a name comes as the client wrote it. */
function headerMember(headers: readonly Member[]): readonly Member[] {
  if (headers.length === 0) return [];
  const members = headers.map((header) => ({ ...header, name: header.name.toLowerCase() }));
  return [{ name: 'headers', type: objectType(members, 'string | undefined') }];
}

/** @param type absent: a string that may be missing */
function bodyMember(route: RouteDeclaration, body: RouteBody | undefined, type: string | undefined): Member {
  const remark = body === undefined ? undefined : `JSON: \`readBody(${stringType(route.key)}, event)\``;
  return { name: 'body', type: type ?? 'string', optional: type === undefined, remark };
}
