// What a request becomes on its way to an integration: mapped parameters, the rendered or passed body, and the
// overrides a template made, which beat the mapping.

import type { RestIntegration } from '../../api/definition.ts';
import { headerValue } from '../header-list.ts';
import { lastValues } from '../query-string.ts';
import { renderTemplate } from '../vtl/render-template.ts';
import type { TemplateOverrides, TemplateParams } from '../vtl/template-scope.ts';
import { convertRequest, isBinaryType, type Payload } from './binary.ts';
import { GatewayFault } from './fault.ts';
import { expressionValues } from './mapping.ts';
import { templateContext } from './request-context.ts';
import { headerMaps } from './request-headers.ts';
import type { RestExchange } from './rest-exchange.ts';
import { requestTemplate } from './select-template.ts';

/** Mapped parameters by the name the integration gets them under. */
export interface MappedParameters {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly path: ReadonlyMap<string, string>;
}

export interface MappedRequest extends MappedParameters {
  readonly body: Payload;
  /** The content type of the template that made the body. */
  readonly templateType: string | undefined;
  readonly overrides: TemplateOverrides | undefined;
}

/** `integration.request.*` with what their expressions stand for. */
export function mapParameters(integration: RestIntegration, exchange: RestExchange): MappedParameters {
  const headers = new Map<string, readonly string[]>();
  const query = new Map<string, readonly string[]>();
  const path = new Map<string, string>();
  const entries = Object.entries(integration.requestParameters ?? {});
  const context = entries.length === 0 ? {} : templateContext(exchange);
  for (const [target, expression] of entries) {
    const [, position, name = ''] = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target) ?? [];
    const values = expressionValues(expression, exchange, context);
    if (values.length === 0) continue;
    if (position === 'header') headers.set(name, [values.join(',')]);
    else if (position === 'querystring') query.set(name, values);
    else if (position === 'path') path.set(name, values.join(','));
  }
  return { headers, query, path };
}

/**
 * The whole request of a non-proxy integration.
 * @throws GatewayFault 415 (no template and no passthrough), 500 (conversion, template); TemplateError.
 */
export function mapRequest(integration: RestIntegration, exchange: RestExchange): MappedRequest {
  const mapped = mapParameters(integration, exchange);
  const contentType = headerValue(exchange.headers, 'content-type');
  const chosen = requestTemplate(integration, contentType);
  const isBinary = isBinaryType(contentType ?? 'application/json', exchange.definition.binaryMediaTypes);
  const payload = convertRequest(exchange.request.body, isBinary, integration.contentHandling);
  if (chosen === undefined) return { ...mapped, body: payload, templateType: undefined, overrides: undefined };
  if (payload.type === 'binary') {
    throw new GatewayFault('configuration', { reason: 'a request template cannot read a binary body' });
  }
  const { text, overrides } = renderTemplate(chosen.template, {
    input: { bodyText: payload.text, params: templateParams(exchange) },
    context: templateContext(exchange),
    stageVariables: exchange.stageVariables,
  });
  return {
    headers: overridden(mapped.headers, overrides.requestHeaders),
    query: new Map([...mapped.query, ...Object.entries(overrides.requestQuery)]),
    path: new Map([...mapped.path, ...Object.entries(overrides.requestPath)]),
    body: { type: 'text', text },
    templateType: chosen.contentType,
    overrides,
  };
}

/** `$input.params()`. */
export function templateParams(exchange: RestExchange): TemplateParams {
  return {
    path: exchange.pathParameters,
    querystring: lastValues(exchange.query),
    header: headerMaps(exchange.headers).single,
  };
}

// Header names compare case-insensitively, so an override must take the place of a mapping in another case.
function overridden(
  mapped: ReadonlyMap<string, readonly string[]>,
  overrides: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, readonly string[]> {
  const names = new Set(Object.keys(overrides).map((name) => name.toLowerCase()));
  const kept = [...mapped].filter(([name]) => !names.has(name.toLowerCase()));
  return new Map([...kept, ...Object.entries(overrides)]);
}
