// Parameter mappings: headers, query and path of what goes to the integration, headers and status of what comes back.
// Every value is read from the original message, so that the order of the mappings does not matter.

import type { StringMap } from '../../api/definition.ts';
import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { isHeaderName, isHeaderValue } from '../header-list.ts';
import { parseQuery } from '../query-string.ts';
import { compileExpression, type Expression, type ExpressionScope } from './expression.ts';
import type { HttpCall } from './http-call.ts';

interface Mapping {
  readonly action: 'append' | 'overwrite' | 'remove';
  readonly place: 'header' | 'querystring' | 'path' | 'statuscode';
  readonly name: string;
  readonly value: Expression;
}

export interface ParameterMappings {
  readonly request: readonly Mapping[];
  /** By the status the integration answered. */
  readonly response: ReadonlyMap<string, readonly Mapping[]>;
}

/** Compiles an integration's mappings once. AWS refuses other keys when the integration is made; here they do nothing. */
export function compileMappings(
  request: StringMap | undefined,
  response: Readonly<Record<string, StringMap>> | undefined,
): ParameterMappings {
  return {
    request: compile(request ?? {}),
    response: new Map(Object.entries(response ?? {}).map(([status, mappings]) => [status, compile(mappings)])),
  };
}

// "Reserved headers: you can't configure request or response mappings for these" (parameter mapping, developer guide).
const RESERVED = new RegExp(
  `^(access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|${[
    'keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade',
    'x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via',
  ].join('|')})$`,
  'i',
);

function compile(mappings: StringMap): Mapping[] {
  return Object.entries(mappings).flatMap(([key, value]): Mapping[] => {
    const parts = /^(append|overwrite|remove):(?:(header|querystring)\.(.+)|(path|statuscode))$/.exec(key);
    const place = parts?.[2] ?? parts?.[4];
    if (parts === null || place === undefined) return [];
    const name = parts[3] ?? '';
    if (place === 'header' && (RESERVED.test(name) || !isHeaderName(name))) return [];
    return [
      {
        action: parts[1] as Mapping['action'],
        place: place as Mapping['place'],
        name,
        value: compileExpression(value),
      },
    ];
  });
}

/** The call as the integration gets it. */
export function mapRequest(mappings: ParameterMappings, call: HttpCall, scopeOf: () => ExpressionScope): HttpCall {
  if (mappings.request.length === 0) return call;
  const scope = scopeOf();
  let { headers, query, rawQuery } = call;
  let mappedPath: string | undefined;
  for (const mapping of mappings.request) {
    const value = mapping.action === 'remove' ? '' : mapping.value(scope);
    if (value === undefined) continue;
    if (mapping.place === 'header') headers = mapHeaders(headers, mapping, value);
    else if (mapping.place === 'querystring') {
      rawQuery = mapQuery(rawQuery, mapping, value);
      query = parseQuery(rawQuery);
    } else if (mapping.place === 'path') {
      mappedPath = value.startsWith('/') ? value : `/${value}`;
    }
  }
  return { ...call, headers, query, rawQuery, ...(mappedPath === undefined ? {} : { path: mappedPath, mappedPath }) };
}

/** The integration's answer as the client gets it. */
export function mapResponse(
  mappings: ParameterMappings,
  answer: GatewayAnswer,
  scopeOf: (answer: GatewayAnswer) => ExpressionScope,
): GatewayAnswer {
  const chosen = mappings.response.get(String(answer.status));
  if (chosen === undefined || chosen.length === 0) return answer;
  const scope = scopeOf(answer);
  let { headers, status } = answer;
  for (const mapping of chosen) {
    const value = mapping.action === 'remove' ? '' : mapping.value(scope);
    if (value === undefined) continue;
    if (mapping.place === 'header') headers = mapHeaders(headers, mapping, value);
    else if (mapping.place === 'statuscode' && /^[2-5]\d\d$/.test(value)) status = Number(value);
  }
  return { ...answer, headers, status };
}

// A value from a body may hold anything; on the wire it must not end the header.
function mapHeaders(headers: HeaderList, mapping: Mapping, value: string): HeaderList {
  const lower = mapping.name.toLowerCase();
  const others = (): HeaderList => headers.filter(([name]) => name.toLowerCase() !== lower);
  if (mapping.action === 'remove') return others();
  const encoded = isHeaderValue(value) ? value : Buffer.from(value.replace(/[\r\n\0]/g, ' ')).toString('latin1');
  return [...(mapping.action === 'append' ? headers : others()), [mapping.name, encoded]];
}

function mapQuery(rawQuery: string, mapping: Mapping, value: string): string {
  const parts = rawQuery === '' ? [] : rawQuery.split('&');
  const kept = mapping.action === 'append' ? parts : parts.filter((part) => parseQuery(part)[0]?.[0] !== mapping.name);
  const added = mapping.action === 'remove' ? [] : [`${encodeURIComponent(mapping.name)}=${encodeURIComponent(value)}`];
  return [...kept, ...added].join('&');
}
