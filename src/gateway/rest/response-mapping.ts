// What an integration's result becomes for the client of a non-proxy method: the selected response's status, mapped
// headers, converted and rendered body, and the overrides that templates made.

import type { RestIntegrationResponse } from '../../api/definition.ts';
import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { renderTemplate } from '../vtl/render-template.ts';
import type { TemplateOverrides } from '../vtl/template-scope.ts';
import { bytesOf, convertResponse, firstAccepted, isBinaryType, type Payload } from './binary.ts';
import { GatewayFault } from './fault.ts';
import { expressionValues } from './mapping.ts';
import { templateContext } from './request-context.ts';
import { templateParams } from './request-mapping.ts';
import { remapHeaders, setHeader } from './response-headers.ts';
import type { RestExchange } from './rest-exchange.ts';
import { responseTemplate } from './select-template.ts';

/** What came back from a mock, a function, a service or an HTTP endpoint. */
export interface IntegrationOutcome {
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  /** Mock integrations have no body of their own, so media types do not touch it. */
  readonly isMock?: boolean;
}

/** @throws GatewayFault 500 (conversion, binary under a template); TemplateError. */
export function mapResponse(
  response: RestIntegrationResponse,
  outcome: IntegrationOutcome,
  exchange: RestExchange,
  earlier: TemplateOverrides | undefined,
): GatewayAnswer {
  const accept = headerValue(exchange.headers, 'accept');
  const payload = convert(response, outcome, exchange, accept);
  const chosen = responseTemplate(response.responseTemplates, accept);
  const context = templateContext(exchange);
  let body = payload;
  let overrides = earlier;
  if (chosen !== undefined) {
    if (payload.type === 'binary') {
      throw new GatewayFault('configuration', { reason: 'a response template cannot read a binary body' });
    }
    const rendered = renderTemplate(chosen.template, {
      input: { bodyText: payload.text, params: templateParams(exchange) },
      context,
      stageVariables: exchange.stageVariables,
      ...(earlier === undefined ? {} : { overrides: earlier }),
    });
    body = { type: 'text', text: rendered.text };
    overrides = rendered.overrides;
  }
  const headers: [string, string][] = [['Content-Type', chosen?.contentType ?? 'application/json']];
  const result = { headers: outcome.headers, bodyText: Buffer.from(outcome.body).toString('utf8') };
  for (const [target, expression] of Object.entries(response.responseParameters ?? {})) {
    const [, multi, name] = /^method\.response\.(multivalue)?header\.(.+)$/.exec(target) ?? [];
    const values = expressionValues(expression, exchange, context, result);
    if (name === undefined || values.length === 0) continue;
    setHeader(headers, name, ...(multi === undefined ? [values.join(',')] : values));
  }
  for (const [name, values] of Object.entries(overrides?.responseHeaders ?? {})) setHeader(headers, name, ...values);
  return { status: statusOf(response, overrides), headers: remapHeaders(headers), body: bytesOf(body) };
}

function convert(
  response: RestIntegrationResponse,
  outcome: IntegrationOutcome,
  exchange: RestExchange,
  accept: string | undefined,
): Payload {
  const types = exchange.definition.binaryMediaTypes;
  if (outcome.isMock === true) return { type: 'text', text: Buffer.from(outcome.body).toString('utf8') };
  const isBinary = isBinaryType(headerValue(outcome.headers, 'content-type') ?? 'application/json', types);
  return convertResponse(outcome.body, isBinary, isBinaryType(firstAccepted(accept), types), response.contentHandling);
}

// An override that is no HTTP status at all is not taken into account.
function statusOf(response: RestIntegrationResponse, overrides: TemplateOverrides | undefined): number {
  const override = overrides?.responseStatus;
  const isStatus = override !== undefined && override >= 100 && override <= 599;
  const status = isStatus ? override : Number(response.statusCode);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new GatewayFault('configuration', { reason: `${status} is no HTTP status` });
}
