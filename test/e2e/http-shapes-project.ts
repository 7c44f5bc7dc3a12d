// An HTTP API with what one can have: authorizers, a backend with mappings, a payload of the older format, throttles,
// logs, variables, a domain.

export function httpShapes(name: string, backend: string): Record<string, string> {
  return {
    'apigen.yml': `name: ${name}
region: eu-west-1
auth:
  clients: { jwt: { issuer: https://idp.example.com/, audience: [shop, admin] } }
  legacy: { lambda: src/legacy.handler, identity: [header.X-Key], ttl: 0 }
apis:
  public:
    type: http
    description: The shop
    auth: legacy
    throttle: { rate: 100, burst: 50 }
    variables: { colour: green }
    logs: { access: { ip: $context.identity.sourceIp, path: $context.path }, retention: 7 }
    metrics: true
    domain: { name: ${name}.example.com, certificate: "arn:aws:acm:eu-west-1:000000000000:certificate/1a2b3c4d", basePath: shop }
    routes:
      GET /orders: { handler: src/orders.handler, throttle: { rate: 10, burst: 5 } }
      GET /older: { handler: src/orders.handler, payload: "1.0", auth: none }
      GET /scoped: { handler: src/orders.handler, auth: { clients: [orders/read, orders/all] } }
      GET /signed: { handler: src/orders.handler, auth: iam }
      GET /old/{proxy+}: { url: "${backend}/{proxy}", auth: none }
`,
    'src/legacy.ts': `export const handler = async (event: { headers: Record<string, string> }) => ({
  isAuthorized: event.headers['x-key'] === 'open',
  context: { name: 'ann' },
});
`,
    'src/orders.ts': `export const handler = async (event: {
  version: string;
  requestContext: { authorizer?: { lambda?: { name?: string } } };
}) => ({
  statusCode: 200,
  body: [event.version, event.requestContext.authorizer?.lambda?.name].join(' '),
});
`,
  };
}
