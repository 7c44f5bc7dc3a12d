// The address of an AWS service's integration (`arn:aws:apigateway:eu-west-1:sqs:path/…`): which call it stands for.

import { actionHeaders, QUERY_VERSIONS } from './service-protocols.ts';

export interface ServiceAddress {
  readonly region: string;
  /** Its name in a credential scope: `sqs`, `events`. */
  readonly service: string;
  readonly kind: 'path' | 'action';
  /** The path, or the action's name. */
  readonly rest: string;
}

/** `arn:aws:apigateway:{region}:{subdomain.}{service}:{path|action}/{rest}`; nothing where a text is no such address. */
export function readServiceAddress(uri: string): ServiceAddress | undefined {
  const parts = /^arn:[\w-]+:apigateway:([\w-]+):([\w.-]+):(path|action)\/(.*)$/s.exec(uri);
  const [, region, name, kind, rest] = parts ?? [];
  if (region === undefined || name === undefined || rest === undefined) return undefined;
  if (kind !== 'path' && kind !== 'action') return undefined;
  return { region, service: name.split('.').at(-1) ?? name, kind, rest };
}

/** Path and query below the service's endpoint, before anything is mapped into them. */
export function serviceTarget(address: ServiceAddress): string {
  if (address.kind === 'path') return `/${address.rest}`;
  if (namingHeaders(address) !== undefined) return '/';
  const version = QUERY_VERSIONS[address.service];
  return `/?Action=${address.rest}${version === undefined ? '' : `&Version=${version}`}`;
}

/**
 * The headers that name the action; nothing where path or query do. An action of a service that takes both goes as a
 * query: its integrations are written for that.
 */
export function namingHeaders({ kind, service, rest }: ServiceAddress): [string, string][] | undefined {
  return kind === 'path' || QUERY_VERSIONS[service] !== undefined ? undefined : actionHeaders(service, rest);
}
