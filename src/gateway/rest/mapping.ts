// Parameter mapping: what expressions like `method.request.querystring.q`, `context.requestId`,
// `integration.response.header.ETag` or `'literal'` stand for. An expression whose source is absent yields nothing, and
// names are case-sensitive, those of headers included.

import type { HeaderList } from '../exchange.ts';
import { headerValues, headerValuesAsWritten } from '../header-list.ts';
import { requestBodyValue, resultBodyValue } from './body-value.ts';
import type { RestExchange } from './rest-exchange.ts';

type Context = Readonly<Record<string, unknown>>;

/** What `integration.response.*` reads from. */
export interface IntegrationResult {
  readonly headers: HeaderList;
  readonly bodyText: string;
}

/** The values of an expression: several for the multi-value sources, none where the source is absent. */
export function expressionValues(
  expression: string,
  exchange: RestExchange,
  context: Context,
  result?: IntegrationResult,
): readonly string[] {
  if (/^'.*'$/s.test(expression)) return [expression.slice(1, -1)];
  const [root = '', ...rest] = expression.split('.');
  if (root === 'context') return one(textOf(walk(context, rest)));
  if (root === 'stageVariables') return one(exchange.stageVariables[rest.join('.')]);
  const [direction, position = '', ...names] = rest;
  const name = names.join('.');
  if (root === 'method' && direction === 'request') return fromRequest(position, name, exchange);
  if (root === 'method' && direction === 'input' && position === 'params') return fromAnywhere(name, exchange);
  if (root === 'integration' && direction === 'response' && result !== undefined) {
    return fromResult(position, name, result);
  }
  return [];
}

/** The values joined by commas; undefined where there are none. */
export function expressionText(
  expression: string,
  exchange: RestExchange,
  context: Context,
  result?: IntegrationResult,
): string | undefined {
  const values = expressionValues(expression, exchange, context, result);
  return values.length === 0 ? undefined : values.join(',');
}

/** An authorizer's identity source; header names compare case-insensitively there. Empty where it is absent. */
export function identityText(source: string, exchange: RestExchange, context: Context): string {
  const [, header] = /^method\.request\.(?:multivalue)?header\.(.+)$/.exec(source) ?? [];
  const values =
    header === undefined ? expressionValues(source, exchange, context) : headerValues(exchange.headers, header);
  return values.at(-1) ?? '';
}

function fromRequest(position: string, name: string, exchange: RestExchange): readonly string[] {
  switch (position) {
    case 'path':
      return one(Object.hasOwn(exchange.pathParameters, name) ? exchange.pathParameters[name] : undefined);
    case 'querystring':
      return queryValues(exchange, name).slice(-1);
    case 'multivaluequerystring':
      return queryValues(exchange, name);
    case 'header':
      return headerValuesAsWritten(exchange.headers, name).slice(-1);
    case 'multivalueheader':
      return headerValuesAsWritten(exchange.headers, name);
    case 'body': {
      const text = Buffer.from(exchange.request.body).toString('utf8');
      return one(requestBodyValue(text, name));
    }
    default:
      return [];
  }
}

// `method.input.params.q` of "Set up gateway response customization in OpenAPI": as `$input.params('q')` looks it up.
function fromAnywhere(name: string, exchange: RestExchange): readonly string[] {
  const found = ['path', 'querystring', 'header'].map((position) => fromRequest(position, name, exchange));
  return found.find((values) => values.length > 0) ?? [];
}

function fromResult(position: string, name: string, result: IntegrationResult): readonly string[] {
  switch (position) {
    case 'header':
      return headerValuesAsWritten(result.headers, name).slice(-1);
    case 'multivalueheader':
      return headerValuesAsWritten(result.headers, name);
    case 'body':
      return one(resultBodyValue(result.bodyText, name));
    default:
      return [];
  }
}

function queryValues(exchange: RestExchange, name: string): readonly string[] {
  return exchange.query.filter(([key]) => key === name).map(([, value]) => value);
}

function walk(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function one(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
