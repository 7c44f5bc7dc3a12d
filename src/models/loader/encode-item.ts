// One item as Dynamoose would store it: decoded, then given to the model itself, whose defaults, transforms, timestamps
// and validation run here as they run in a function.

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { SchemaSpec } from '../attribute-spec.ts';
import { decodeItem } from '../decoder/decode-item.ts';
import type { EncodedItem } from './protocol.ts';

/** What `batchPut` of a Dynamoose model gives when it is asked for the request alone. */
interface PutRequests {
  readonly RequestItems: Readonly<
    Record<string, readonly { readonly PutRequest: { readonly Item: Readonly<Record<string, AttributeValue>> } }[]>
  >;
}

interface BatchPut {
  batchPut(items: readonly object[], settings: { readonly return: 'request' }): Promise<PutRequests>;
}

/** @param model what `dynamoose.model` returned */
export async function encodeItem(model: unknown, schemas: readonly SchemaSpec[], json: unknown): Promise<EncodedItem> {
  const decoded = decodeItem(schemas, json);
  if (decoded.problems !== undefined) return { problems: decoded.problems };
  try {
    const { RequestItems } = await (model as BatchPut).batchPut([decoded.item], { return: 'request' });
    const item = Object.values(RequestItems)[0]?.[0]?.PutRequest.Item;
    return item === undefined ? { problems: [{ path: '', message: 'was dropped by the model' }] } : { item };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problems: [{ path: '', message: `is refused by the model: ${message}` }] };
  }
}
