// A model of a WebSocket API: a JSON Schema by name. Its description says that apigen made it.

import type { CreateModelCommandInput, Model } from '@aws-sdk/client-apigatewayv2';
import { canonical } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { keyPrefix } from './v2-protocol.ts';

export interface V2ModelProps {
  /** JSON Schema, draft 4. */
  readonly schema: Json;
}

export const isOurModel = ({ Description }: Model): boolean => Description?.startsWith(keyPrefix) ?? false;

/** A schema that is no JSON reads as the text it is. */
export function modelFrom({ Schema = '' }: Model): V2ModelProps {
  try {
    return { schema: JSON.parse(Schema) as Json };
  } catch {
    return { schema: Schema };
  }
}

export const modelInput = (ApiId: string, Name: string, { schema }: V2ModelProps): CreateModelCommandInput => ({
  ApiId,
  Name,
  ContentType: 'application/json',
  Description: keyPrefix + Name,
  Schema: canonical(schema),
});
