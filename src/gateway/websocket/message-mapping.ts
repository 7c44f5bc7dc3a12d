// What a message becomes on its way to an integration that maps it: parameters by their expressions, the body by the
// template that the template selection expression names, or as it came.

import type { StringMap, WebSocketMapping } from '../../api/definition.ts';
import { isRecord } from '../json-record.ts';
import { renderTemplate } from '../vtl/render-template.ts';
import { readMessage } from './route-selection.ts';
import { compileSelection, type ReadVariable } from './selection-expression.ts';
import type { SocketPlace } from './socket-event.ts';

/** A message, handshake or end, as mappings read it. */
export interface MappedCall {
  readonly event: Readonly<Record<string, unknown>>;
  readonly body: string;
}

type Mapping = WebSocketMapping & { readonly type: string };

export interface MappedMessage {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  readonly path: StringMap;
  /** Undefined where no template fits and nothing may pass: such a message is a failure. */
  readonly body: string | undefined;
}

/** @throws TemplateError. */
export function mapMessage(mapping: Mapping, call: MappedCall, place: SocketPlace): MappedMessage {
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  const path: Record<string, string> = {};
  for (const [target, expression] of Object.entries(mapping.requestParameters ?? {})) {
    const [, position, name = ''] = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target) ?? [];
    const values = valuesOf(expression, call, place);
    if (values.length === 0) continue;
    if (position === 'header') headers.push([name, values.join(',')]);
    else if (position === 'querystring') query.push(...values.map((value): [string, string] => [name, value]));
    else if (position === 'path') path[name] = values.join(',');
  }
  return { headers, query, path, body: bodyOf(mapping, call, place) };
}

/** Renders a template over a call; `bodyText` is what `$input` reads. @throws TemplateError. */
export function renderFor(template: string, bodyText: string, { event }: MappedCall, place: SocketPlace): string {
  const params = { path: {}, querystring: textMap(event['queryStringParameters']), header: textMap(event['headers']) };
  const context = event['requestContext'];
  return renderTemplate(template, {
    input: { bodyText, params },
    context: isRecord(context) ? context : {},
    stageVariables: place.stageVariables,
  }).text;
}

/** The template that an expression names, else `$default`'s. Without an expression `$default`'s, or the only one. */
export function selectTemplate(
  templates: StringMap,
  expression: string | undefined,
  read: ReadVariable,
): string | undefined {
  const [sole, ...others] = Object.values(templates);
  if (expression === undefined || expression === '')
    return templates['$default'] ?? (others.length > 0 ? undefined : sole);
  const key = compileSelection(expression)(read);
  return Object.hasOwn(templates, key) ? templates[key] : templates['$default'];
}

function bodyOf(mapping: Mapping, call: MappedCall, place: SocketPlace): string | undefined {
  const { requestTemplates = {}, templateSelectionExpression = '', passthroughBehavior = 'WHEN_NO_MATCH' } = mapping;
  const template = selectTemplate(requestTemplates, templateSelectionExpression, readMessage(call.body));
  if (template !== undefined) return renderFor(template, call.body, call, place);
  const passes =
    passthroughBehavior === 'WHEN_NO_MATCH' ||
    (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length === 0);
  return passes ? call.body : undefined;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
function valuesOf(expression: string, { event, body }: MappedCall, place: SocketPlace): readonly string[] {
  if (/^'.*'$/s.test(expression)) return [expression.slice(1, -1)];
  const variable = /^stageVariables\.(.+)$/.exec(expression)?.[1];
  if (variable !== undefined) return textsOf(memberOf(place.stageVariables, variable));
  if (expression.startsWith('context.')) {
    const names = expression.split('.').slice(1);
    return textsOf(names.reduce<unknown>(memberOf, event['requestContext']));
  }
  const [, position = '', name = ''] = /^route\.request\.(\w+)\.?(.*)$/s.exec(expression) ?? [];
  switch (position) {
    case 'querystring':
      return textsOf(memberOf(event['queryStringParameters'], name));
    case 'multivaluequerystring':
      return textsOf(memberOf(event['multiValueQueryStringParameters'], name));
    case 'header':
      return textsOf(memberOf(event['headers'], name));
    case 'multivalueheader':
      return textsOf(memberOf(event['multiValueHeaders'], name));
    case 'body':
      return textsOf(readMessage(body)(expression.slice('route.'.length)));
    default:
      return [];
  }
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function textsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map(String);
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}

function textMap(value: unknown): Record<string, string> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)])) : {};
}
