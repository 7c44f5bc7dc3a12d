// What the variables of parameter mappings mean: the request as the client sent it, the answer of the integration,
// context and stage variables. Bodies are parsed once, and only when asked for.

import type { GatewayAnswer } from '../exchange.ts';
import { headerValues } from '../header-list.ts';
import { contextVariable } from './context-variable.ts';
import type { ExpressionScope } from './expression.ts';
import type { HttpCall } from './http-call.ts';
import { createBodyReader } from './read-body-path.ts';

/** Variables over one call, and over the integration's answer once there is one. */
export function mappingScope(call: HttpCall, answer?: GatewayAnswer): ExpressionScope {
  const requestBody = createBodyReader(call.request.body);
  const responseBody = answer === undefined ? undefined : createBodyReader(answer.body);
  return {
    read(variable) {
      const dot = variable.search(/[.[]/);
      const root = dot === -1 ? variable : variable.slice(0, dot);
      const rest = dot === -1 ? '' : variable.slice(dot + 1);
      if (root === 'context') return contextVariable(call, rest);
      if (root === 'stageVariables') return own(call.definition.stage.variables, rest);
      const [place = '', name] = splitAt(rest);
      if (root === 'request') {
        if (place === 'body' || place.startsWith('body[')) return requestBody(rest.slice('body'.length));
        return requestVariable(call, place, name);
      }
      if (root !== 'response' || answer === undefined) return undefined;
      if (place === 'body' || place.startsWith('body[')) return responseBody?.(rest.slice('body'.length));
      return place === 'header' && name !== undefined ? joined(headerValues(answer.headers, name)) : undefined;
    },
  };
}

function requestVariable(call: HttpCall, place: string, name: string | undefined): string | undefined {
  switch (place) {
    case 'header':
      return name === undefined ? undefined : joined(headerValues(call.headers, name));
    case 'querystring':
      return joined(call.query.filter(([key]) => key === name).map(([, value]) => value));
    case 'path':
      return name === undefined ? call.pathInStage : own(call.pathParameters, name);
    default:
      return undefined;
  }
}

// "API Gateway combines multiple header values with commas" (parameter mapping, developer guide).
function joined(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function splitAt(text: string): readonly [string, string | undefined] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}
