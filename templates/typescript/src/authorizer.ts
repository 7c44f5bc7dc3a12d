/** What an authorizer gets: HTTP APIs name the route, REST and WebSocket APIs the method. */
interface AuthorizerEvent {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly methodArn?: string;
}

/**
 * Decides who may call. Replace the comparison by your own check: until API_TOKEN is set (environment: or secrets: of
 * this function), everybody is refused.
 */
export async function handler(event: AuthorizerEvent) {
  const headers = Object.entries(event.headers ?? {});
  const token = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]?.replace(/^Bearer /, '');
  const expected = process.env['API_TOKEN'];
  const isAuthorized = expected !== undefined && expected !== '' && token === expected;
  if (event.methodArn === undefined) return { isAuthorized, context: {} };
  // REST and WebSocket APIs want a policy. It is kept for the caller, so it must hold for every route.
  const [api, stage] = event.methodArn.split('/');
  return {
    principalId: isAuthorized ? 'caller' : 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Action: 'execute-api:Invoke', Effect: isAuthorized ? 'Allow' : 'Deny', Resource: `${api}/${stage}/*` },
      ],
    },
    context: {},
  };
}
