// What an integration that maps its answers sends back: the integration response whose key fits the status, and the
// body as its template makes it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html

import type { WebSocketIntegrationResponse } from '../../api/definition.ts';
import type { HeaderList } from '../exchange.ts';
import { headerValues } from '../header-list.ts';
import { type MappedCall, renderFor, selectTemplate } from './message-mapping.ts';
import { readMessage } from './route-selection.ts';
import type { ReadVariable } from './selection-expression.ts';
import type { SocketPlace } from './socket-event.ts';

export interface IntegrationResult {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

/** The body for the client; undefined where no key fits and there is no `$default`. @throws TemplateError. */
export function mapAnswer(
  responses: readonly WebSocketIntegrationResponse[],
  result: IntegrationResult,
  call: MappedCall,
  place: SocketPlace,
): string | undefined {
  const response =
    responses.find(({ key }) => fits(key, String(result.status))) ?? responses.find(({ key }) => key === '$default');
  if (response === undefined) return undefined;
  const { responseTemplates = {}, templateSelectionExpression } = response;
  const template = selectTemplate(responseTemplates, templateSelectionExpression, readResult(result, call));
  return template === undefined ? result.body : renderFor(template, result.body, call, place);
}

// `/2\d\d/`: "the expression should be wrapped with forward slashes".
function fits(key: string, subject: string): boolean {
  const pattern = /^\/(.*)\/$/s.exec(key)?.[1];
  if (pattern === undefined) return false;
  try {
    return new RegExp(`^(?:${pattern})$`).test(subject);
  } catch {
    return false;
  }
}

function readResult({ status, headers }: IntegrationResult, call: MappedCall): ReadVariable {
  const readBody = readMessage(call.body);
  return (variable) => {
    if (variable === 'integration.response.statuscode') return String(status);
    const [, multi, name] = /^integration\.response\.(multivalue)?header\.(.+)$/.exec(variable) ?? [];
    if (name === undefined) return readBody(variable);
    const values = headerValues(headers, name);
    return multi === undefined ? values.at(-1) : values.join(',');
  };
}
