// Calls of AWS services for which this checkout has no SDK client, in AWS's JSON protocol: what stands before a project
// is deployed (secrets, user pools), made and read as an emulator takes it.

/** A client of one service: `target` is the prefix of its `X-Amz-Target`. Throws on every answer but 2xx. */
export function awsJson(endpoint: string, service: string, target: string) {
  const credential = `test/20260101/eu-west-1/${service}/aws4_request`;
  return async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=unchecked`,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${target}.${operation}`,
      },
      body: JSON.stringify(input),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service} ${operation}: ${answer.status} ${text}`);
    return JSON.parse(text || '{}');
  };
}
