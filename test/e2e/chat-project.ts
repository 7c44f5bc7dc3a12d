// A chat that end-to-end tests run: a WebSocket API with an authorizer, a mock and a function that sends to clients.

export function chatProject(name: string): Record<string, string> {
  return {
    'apigen.yml': `name: ${name}
region: eu-west-1
auth:
  door: { lambda: src/door.handler, identity: [query.token] }
apis:
  chat:
    type: websocket
    description: The chat
    select: $request.body.action
    throttle: { rate: 100, burst: 50 }
    variables: { colour: green }
    auth: door
    logs: { access: true, retention: 7 }
    metrics: true
    routes:
      $connect: src/chat/connect.handler
      $disconnect: src/chat/connect.handler
      send: { handler: src/chat/send.handler, access: { chat: manage }, throttle: { rate: 10, burst: 5 } }
      echo: { handler: src/chat/echo.handler, respond: true }
`,
    'src/door.ts': `export const handler = async (event: { methodArn: string; queryStringParameters?: { token?: string } }) => ({
  principalId: 'someone',
  context: { name: 'ann' },
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{
      Action: 'execute-api:Invoke',
      Effect: event.queryStringParameters?.token === 'open' ? 'Allow' : 'Deny',
      Resource: event.methodArn,
    }],
  },
});
`,
    'src/chat/connect.ts': `export const handler = async () => ({ statusCode: 200 });\n`,
    'src/chat/echo.ts': `export const handler = async (event: { body: string }) => ({ statusCode: 200, body: \`echo \${event.body}\` });\n`,
    'src/chat/send.ts': `import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
const client = new ApiGatewayManagementApiClient({ endpoint: process.env['CHAT_ENDPOINT'] });
export const handler = async (event: { body: string; requestContext: { connectionId: string; authorizer?: { name?: string } } }) => {
  const { connectionId, authorizer } = event.requestContext;
  const message = JSON.stringify({ from: authorizer?.name, text: JSON.parse(event.body).text });
  await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(message) }));
  return { statusCode: 200 };
};
`,
  };
}
