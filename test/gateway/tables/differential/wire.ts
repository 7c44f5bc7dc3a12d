// DynamoDB's protocol by hand: what goes over the wire is exactly what a case says, also what an SDK would not send.

export type Fields = Readonly<Record<string, unknown>>;

/** An operation and its request. */
export type Step = readonly [operation: string, request: Fields];

export interface Answer {
  /** `ValidationException`; absent: it was done. */
  readonly error?: string;
  readonly body: Fields;
}

export async function send(endpoint: string, [operation, request]: Step): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    },
    body: JSON.stringify(request),
  });
  const body = JSON.parse(await response.text()) as Fields;
  if (response.ok) return { body };
  const { __type, ...rest } = body;
  return { error: String(__type).split('#').pop() ?? '', body: rest };
}

export const S = (value: string) => ({ S: value });
export const N = (value: number | string) => ({ N: String(value) });
export const B = (value: string) => ({ B: Buffer.from(value).toString('base64') });
export const L = (...values: readonly Fields[]) => ({ L: values });
export const M = (values: Fields) => ({ M: values });
export const SS = (...values: readonly string[]) => ({ SS: values });
export const NS = (...values: readonly number[]) => ({ NS: values.map(String) });
export const BS = (...values: readonly string[]) => ({
  BS: values.map((value) => Buffer.from(value).toString('base64')),
});
