// A REST project that says everything a REST API can say: what end-to-end tests deploy, call and read back.

import { versionHandler } from './sample-projects.ts';

const authorizer = `export const handler = async (event: { headers: Record<string, string>; methodArn: string }) => {
  const Effect = event.headers['authorization'] === 'let-me-in' ? 'Allow' : 'Deny';
  return {
    principalId: 'somebody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }],
    },
  };
};
`;

/** @param backend where `ANY /old/{proxy+}` leads: `http://0.0.0.0:40123` */
export function restShapes(name: string, backend: string): Record<string, string> {
  return {
    'apigen.yml': `name: ${name}
region: eu-west-1
tags: { team: checkout }
queues: { jobs: {} }
auth:
  legacy: { lambda: src/auth.handler, identity: [header.Authorization], ttl: 60 }
  customers: { cognito: { userPool: eu-west-1_AbCdEfGhI } }
apis:
  partner:
    type: rest
    description: What partners call
    auth: none
    throttle: { rate: 50, burst: 100 }
    plans:
      free: { description: To try it, rate: 5, burst: 10, quota: 1000/day }
    compress: 1024
    tags: { tier: gold }
    domain: { name: "${name}.example.com", certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/4a6e1c2d-0000-4000-8000-000000000000" }
    policy: [{ Effect: Allow, Principal: "*" }]
    responses:
      DEFAULT_4XX: { headers: { Access-Control-Allow-Origin: "*" } }
      UNAUTHORIZED: { status: 401, template: '{"error":"who are you?"}' }
    cache: { size: 0.5 }
    logs: { access: true, execution: errors, retention: 14 }
    metrics: true
    tracing: true
    variables: { colour: green }
    routes:
      GET /version: src/version.handler
      GET /keyed: { handler: src/version.handler, key: required }
      GET /guarded: { handler: src/version.handler, auth: legacy }
      GET /mine: { handler: src/version.handler, auth: { customers: [orders/read] } }
      GET /signed: { handler: src/version.handler, auth: iam }
      POST /checked: { handler: src/version.handler, body: order.schema.json, parameters: [header.X-Tenant] }
      GET /mock: { mock: { status: 200, body: { ok: true } } }
      GET /cached: { handler: src/version.handler, cache: { ttl: 60, by: [query.q] }, throttle: { rate: 10, burst: 20 } }
      POST /jobs: { sqs: { queue: jobs, message: $request.body } }
      ANY /old/{proxy+}: { url: "${backend}/{proxy}" }
`,
    'order.schema.json': JSON.stringify({
      type: 'object',
      required: ['total'],
      properties: { total: { type: 'number' } },
    }),
    'src/auth.ts': authorizer,
    'src/version.ts': versionHandler('one'),
  };
}
