// The resource policy of a REST API. API Gateway answers it as text with escaped quotes and with the API's own ARN
// where `execute-api:/` was written: both are undone here, so that it compares with what is declared.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html

import type { Json } from '../engine/kind.ts';

/** @returns the policy as it would be declared; null for none */
export function policyFrom(text: string | undefined, apiId: string): Json {
  if (!text) return null;
  return short(parsed(text), new RegExp(`^arn:[^:]+:execute-api:[^:]*:[^:]*:${apiId}/`));
}

function parsed(text: string): Json {
  for (const form of [text, unescaped(text)]) {
    try {
      return JSON.parse(form) as Json;
    } catch {
      // The other form, or what nobody can read: compared as it is.
    }
  }
  return text;
}

/** `{\"Version\":…}` → `{"Version":…}`. */
function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function short(value: Json, ownArn: RegExp): Json {
  if (typeof value === 'string') return value.replace(ownArn, 'execute-api:/');
  if (Array.isArray(value)) return value.map((item: Json) => short(item, ownArn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, short(item, ownArn)]])),
  );
}
