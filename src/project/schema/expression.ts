// Values with expressions of API Gateway: `$request.body.name`, `$request.path.id`, `$request.header.h`,
// `$request.query.q`, `$context.requestId`, `$stageVariables.v`, alone or as `${request.path.id}` inside a text.

import * as z from 'zod';
import { nearestName } from '../nearest-name.ts';
import { type Fault, rule } from './rule.ts';

const ROOTS = ['request', 'response', 'context', 'stageVariables'] as const;
const PLACES = ['body', 'path', 'header', 'query', 'querystring'] as const;

/** A text that may hold expressions. */
export const expressionText = rule(z.string(), judgeExpression);

/** Any JSON value whose texts may hold expressions. */
export const expressionJson = rule(z.json(), (value) => firstFault(value));

function firstFault(value: unknown): Fault | undefined {
  if (typeof value === 'string') return judgeExpression(value);
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const fault = firstFault(inner);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function judgeExpression(text: string): Fault | undefined {
  const whole = /^\$([A-Za-z]\w*)(?=[.[]|$)(.*)$/s.exec(text);
  if (whole !== null) return judgeVariable(`${whole[1]}${whole[2]}`);
  for (const [, inner = ''] of text.matchAll(/\$\{([^{}]*)\}/g)) {
    const fault = judgeVariable(inner);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function judgeVariable(variable: string): Fault | undefined {
  const code = 'INVALID_EXPRESSION';
  const [root = '', place = ''] = variable.split(/[.[]/);
  if (!ROOTS.some((one) => one === root)) {
    const near = nearestName(root, ROOTS);
    const hint = near === undefined ? `Begin with $${ROOTS.join(', $')}.` : `Did you mean $${near}?`;
    return { code, message: `names $${root}, which API Gateway does not know`, hint };
  }
  const rest = variable.slice(root.length + 1);
  if (root === 'context' || root === 'stageVariables') {
    if (/^[\w.-]+$/.test(rest)) return undefined;
    return {
      code,
      message: `says nothing of $${root}`,
      hint: `Write $${root}.${root === 'context' ? 'requestId' : 'name'}`,
    };
  }
  if (!PLACES.some((one) => one === place)) {
    const near = nearestName(place, PLACES);
    const hint =
      near === undefined ? 'Write $request.body, .path.…, .header.… or .query.…' : `Did you mean $${root}.${near}?`;
    return { code, message: `names $${root}.${place}, which API Gateway does not know`, hint };
  }
  const name = rest.slice(place.length);
  if (place === 'body') {
    if (name === '' || /^[.[]/.test(name)) return undefined;
  } else if (/^\.[^.\s{}]+/.test(name) || (place === 'path' && name === '')) return undefined;
  return { code, message: `does not name what of $${root}.${place}`, hint: `Write $${root}.${place}.name` };
}
