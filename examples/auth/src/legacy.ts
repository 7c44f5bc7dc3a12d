interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly methodArn: string;
}

/** Who knows the word of the house may call. Until LEGACY_TOKEN is set, nobody may. */
export const handler = async ({ headers, methodArn }: Request) => {
  const expected = process.env['LEGACY_TOKEN'];
  const given = headers['Authorization'] ?? headers['authorization'];
  const allowed = expected !== undefined && given === expected;
  return {
    principalId: 'legacy',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: allowed ? 'Allow' : 'Deny', Resource: methodArn }],
    },
  };
};
