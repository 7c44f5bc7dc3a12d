// An HTTP and a WebSocket API of what no other end-to-end test's project says: every kind of authorizer, both payloads,
// parameter mapping, every action of a service that an HTTP API knows, private backends, messages that need no function.

/** What stands in the account before the project is deployed. */
export interface HttpSurroundings {
  readonly userPool: string;
  readonly client: string;
  /** Where `/backend` leads. */
  readonly backend: string;
  /** More under `vpcLinks:` and under the routes of the HTTP API, where VPC links can be made. */
  readonly links?: readonly [links: string, routes: string];
}

/** VPC links that apigen makes, for an ALB, an NLB and Cloud Map, and for a REST API's NLB. */
export const MADE_LINKS: readonly [string, string] = [
  `  inner: { subnets: [subnet-1, subnet-2], securityGroups: [sg-1] }
  nlb: { target: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/1" }
`,
  `      GET /alb: { url: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/orders/1/2", vpcLink: inner, auth: none }
      GET /nlb: { url: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/net/orders/1/2", vpcLink: inner, method: POST, tlsName: orders.example.com, auth: none }
      GET /map: { url: "arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1", vpcLink: inner, auth: none }
  partner:
    type: rest
    auth: none
    routes:
      GET /orders/{id}: { url: "http://orders.example.com/{id}", vpcLink: nlb }
      GET /mapped: { url: "http://orders.example.com/", vpcLink: nlb, mapping: { responses: { 200: { template: "$input.body" } } } }
`,
];

const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:run';
const queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/elsewhere';

export const httpFeatures = (name: string, at: HttpSurroundings): Record<string, string> => ({
  'apigen.yml': `name: ${name}
region: eu-west-1
models: { Note: src/note.ts }
topics: { signals: {} }
queues: { jobs: { fifo: true, contentBasedDeduplication: true } }
auth:
  people: { cognito: { userPool: ${at.userPool}, clients: [${at.client}] } }
  tokens: { jwt: { issuer: "https://cognito-idp.eu-west-1.amazonaws.com/${at.userPool}", audience: [${at.client}] } }
  simple: { lambda: src/simple.handler, identity: [header.X-Key, context.httpMethod], ttl: 60 }
  older: { lambda: src/older.handler, identity: [header.X-Key, query.day], ttl: 0, responses: policy, payload: "1.0" }
  door: { lambda: src/older.handler, identity: [query.day, header.X-Key] }
vpcLinks:
  standing: { id: abc123, for: http }
${at.links?.[0] ?? ''}apis:
  chat:
    type: websocket
    description: The chat
    select: $request.body.kind
    auth: iam
    logs: { execution: errors, data: true }
    alarms: { errors: 5 }
    routes:
      $connect: { mock: {} }
      ping: { mock: { status: 200 }, respond: true }
      tell: { sns: { topic: signals, message: $request.body.text } }
      store: { dynamodb: { put: Note, item: { id: $request.body.id } }, timeout: 3 }
      forward: { url: ${at.backend}/messages, method: PUT }
      run: { aws: { service: states, action: StartExecution, parameters: { stateMachineArn: "${machine}", input: $request.body } } }
  public:
    type: http
    auth: { tokens: [orders/read, orders/all] }
    cors: { origins: ["https://shop.example.com"], methods: [GET], headers: [authorization], exposeHeaders: [x-out], maxAge: 60, credentials: true }
    domain:
      name: api.${name}.example.com
      certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/4a6e1c2d-0000-4000-8000-000000000000"
      mutualTls: { truststore: "s3://shop/truststore.pem", version: "3" }
      ownershipCertificate: "arn:aws:acm:eu-west-1:123456789012:certificate/5b7f2d3e-0000-4000-8000-000000000000"
    defaultEndpoint: false
    alarms: default
    routes:
      GET /orders: src/echo.handler
      GET /people: { handler: src/echo.handler, auth: { people: [orders/write] } }
      GET /simple: { handler: src/echo.handler, auth: simple }
      GET /older: { handler: src/echo.handler, auth: older, payload: "1.0" }
      POST /checked: { handler: src/checked.handler, auth: none, body: src/order.json, parameters: [query.page, header.X-Tenant] }
      ANY /backend/{proxy+}:
        url: ${at.backend}
        auth: none
        timeout: 7
        mapping:
          parameters:
            header.X-Id: $request.path.proxy
            "append:header.X-Tag": two
            "remove:querystring.secret": "''"
            "overwrite:path": "/items/\${request.path.proxy}"
          responses: { 200: { headers: { X-Out: $context.requestId } } }
      GET /private: { url: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/orders/1/2", vpcLink: standing, auth: none }
      POST /jobs: { sqs: { queue: jobs, message: $request.body, groupId: $request.header.X-Tenant }, auth: none }
      POST /events: { aws: { service: events, action: PutEvents, parameters: { Source: shop, DetailType: made, Detail: $request.body } }, auth: none }
      GET /queue: { aws: { service: sqs, action: ReceiveMessage, parameters: { QueueUrl: "${queue}", WaitTimeSeconds: "1" } }, auth: none }
      DELETE /queue/{handle}: { aws: { service: sqs, action: DeleteMessage, parameters: { QueueUrl: "${queue}", ReceiptHandle: $request.path.handle } }, auth: none }
      DELETE /queue: { aws: { service: sqs, action: PurgeQueue, parameters: { QueueUrl: "${queue}" } }, auth: none }
      POST /records: { aws: { service: kinesis, action: PutRecord, parameters: { StreamName: clicks, Data: $request.body, PartitionKey: $context.requestId } }, auth: none }
      GET /settings: { aws: { service: appconfig, action: GetConfiguration, parameters: { Application: shop, Environment: live, Configuration: colours, ClientId: api }, resources: ["arn:aws:appconfig:eu-west-1:123456789012:application/shop/*"] }, auth: none }
      POST /runs: { aws: { service: states, action: StartExecution, parameters: { StateMachineArn: "${machine}", Input: $request.body } }, auth: none }
      POST /runs/now: { aws: { service: states, action: StartSyncExecution, parameters: { StateMachineArn: "${machine}" } }, auth: none }
      DELETE /runs/{arn}: { aws: { service: states, action: StopExecution, parameters: { ExecutionArn: $request.path.arn }, resources: ["arn:aws:states:eu-west-1:123456789012:execution:run:*"] }, auth: none }
      $default: { handler: src/echo.handler, auth: none }
${at.links?.[1] ?? ''}`,
  'src/note.ts': `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true } }));
`,
  'src/order.json': '{ "type": "object", "required": ["total"], "properties": { "total": { "type": "number" } } }',
  'src/echo.ts': `export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });\n`,
  'src/checked.ts': `export const handler = async () => ({ statusCode: 200, body: 'fine' });\n`,
  'src/simple.ts': `export const handler = async (event) => ({
  isAuthorized: event.headers['x-key'] === 'open',
  context: { name: 'ann', version: event.version, sources: event.identitySource },
});
`,
  'src/older.ts': `export const handler = async (event) => ({
  principalId: 'ann',
  context: { type: event.type },
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: event.headers['x-key'] === 'open' ? 'Allow' : 'Deny', Resource: event.methodArn }],
  },
});
`,
});
