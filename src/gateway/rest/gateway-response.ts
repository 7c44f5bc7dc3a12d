// Answers that the gateway gives by itself: the API's own gateway response for the fault's type, else its default for
// 4xx or 5xx, else AWS's. Their templates only substitute variables: directives stay as they are.

import type { GatewayResponse, StringMap } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { firstAccepted } from './binary.ts';
import type { GatewayFault } from './fault.ts';
import { expressionText } from './mapping.ts';
import { templateContext } from './request-context.ts';
import { remapHeaders, setHeader } from './response-headers.ts';
import type { RestExchange } from './rest-exchange.ts';

const DEFAULT_TEMPLATE: StringMap = { 'application/json': '{"message":$context.error.messageString}' };
// Recorded on AWS: this one type spells its key with a capital.
const ACCESS_DENIED_TEMPLATE: StringMap = { 'application/json': '{"Message":$context.error.messageString}' };

/** The client's answer to a fault. */
export function gatewayAnswer(fault: GatewayFault, exchange: RestExchange): GatewayAnswer {
  const configured = responseFor(fault, exchange);
  const own = configured?.responseTemplates;
  const fallback = fault.type === 'ACCESS_DENIED' ? ACCESS_DENIED_TEMPLATE : DEFAULT_TEMPLATE;
  const templates = own === undefined || Object.keys(own).length === 0 ? fallback : own;
  const contentType = chooseType(templates, headerValue(exchange.request.headers, 'accept'));
  const context = templateContext(exchange, fault);
  const headers: [string, string][] = [['Content-Type', contentType]];
  for (const [name, expression] of Object.entries(configured?.responseParameters ?? {})) {
    const header = /^gatewayresponse\.header\.(.+)$/.exec(name)?.[1];
    const value = expressionText(expression, exchange, context);
    if (header !== undefined && value !== undefined) setHeader(headers, header, value);
  }
  const status = Number(configured?.statusCode ?? fault.status);
  return {
    status: status >= 200 && status <= 599 ? status : fault.status,
    headers: [...remapHeaders(headers), ...(fault.errorType === undefined ? [] : [errorType(fault.errorType)])],
    body: Buffer.from(substitute(templates[contentType] ?? '', exchange, context)),
  };
}

function errorType(value: string): [string, string] {
  return ['x-amzn-ErrorType', value];
}

function responseFor(fault: GatewayFault, exchange: RestExchange): GatewayResponse | undefined {
  const { gatewayResponses } = exchange.definition;
  return gatewayResponses[fault.type] ?? gatewayResponses[fault.status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX'];
}

function chooseType(templates: StringMap, accept: string | undefined): string {
  const types = Object.keys(templates);
  const wanted = firstAccepted(accept);
  return (
    types.find((type) => type.toLowerCase() === wanted) ??
    types.find((type) => type.toLowerCase() === 'application/json') ??
    types[0] ??
    'application/json'
  );
}

const VARIABLE = /\$(\{)?((?:context|stageVariables|method\.request)(?:\.[\w-]+)+)(\})?/g;

function substitute(template: string, exchange: RestExchange, context: Readonly<Record<string, unknown>>): string {
  return template.replace(VARIABLE, (whole, open: string | undefined, name: string, close: string | undefined) => {
    if ((open === undefined) !== (close === undefined) && open !== undefined) return whole;
    const trailing = open === undefined && close !== undefined ? close : '';
    return `${expressionText(name, exchange, context) ?? ''}${trailing}`;
  });
}
