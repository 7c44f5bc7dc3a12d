interface Handshake {
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly methodArn: string;
}

/** Who has the word of the house may connect. Until CHAT_TOKEN is set, nobody has. */
export const handler = async (event: Handshake) => {
  const expected = process.env['CHAT_TOKEN'];
  const allowed = expected !== undefined && event.queryStringParameters?.['token'] === expected;
  return {
    principalId: 'member',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: allowed ? 'Allow' : 'Deny', Resource: event.methodArn }],
    },
  };
};
