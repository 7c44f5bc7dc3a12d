// The address an HTTP integration calls: stage variables and {placeholders} filled, its own query string kept, mapped
// and client parameters after it.

import { encodeComponent, type QueryList } from '../query-string.ts';
import type { MappedParameters } from './request-mapping.ts';
import type { RestExchange } from './rest-exchange.ts';
import { withStageVariables } from './stage-variables.ts';

/** `query` is what the client sent, where it is passed on (HTTP_PROXY); a mapped parameter takes its place. */
export function integrationUri(
  template: string,
  mapped: MappedParameters,
  exchange: RestExchange,
  query: QueryList = [],
): string {
  const uri = withStageVariables(template, exchange.stageVariables).replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = mapped.path.get(name.replace(/\+$/, ''));
    return value === undefined ? whole : pathSafe(value);
  });
  const added = [
    ...[...mapped.query].flatMap(([name, values]) => values.map((value) => pair(name, value))),
    ...query.filter(([name]) => !mapped.query.has(name)).map(([name, value]) => pair(name, value)),
  ];
  if (added.length === 0) return uri;
  return `${uri}${uri.includes('?') ? (/[?&]$/.test(uri) ? '' : '&') : '?'}${added.join('&')}`;
}

// Values from a path are encoded already; others must not break out of theirs.
function pathSafe(value: string): string {
  return value.replace(/[^\w\-.~!$&'()*+,;=:@/%]+/g, encodeComponent);
}

function pair(name: string, value: string): string {
  return `${encodeComponent(name)}=${encodeComponent(value)}`;
}
