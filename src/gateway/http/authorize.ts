// Authorization of a route, whatever its kind. A route whose authorizer is not defined lets nobody in.

import type { HttpApiDefinition } from '../../api/definition.ts';
import { verifySignature } from '../authorizers/sigv4.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { createKeySource } from '../jwt/key-source.ts';
import { errorAnswer } from './error-answer.ts';
import type { HttpCall } from './http-call.ts';
import { createJwtAuthorizer } from './jwt-authorizer.ts';
import { type Authorization, createLambdaAuthorizer } from './lambda-authorizer.ts';

/** The authorization of an API's routes, with each authorizer made (and its cache kept) once. */
export function createAuthorize(
  definition: HttpApiDefinition,
  environment: GatewayEnvironment,
  now: () => number,
): (call: HttpCall) => Promise<Authorization> {
  const keys = environment.keys ?? createKeySource({ now });
  const lambda = new Map<string, ReturnType<typeof createLambdaAuthorizer>>();
  const jwt = new Map<string, ReturnType<typeof createJwtAuthorizer>>();
  for (const [name, authorizer] of Object.entries(definition.authorizers)) {
    if (authorizer.type === 'JWT')
      jwt.set(
        name,
        createJwtAuthorizer(authorizer, keys, now, (text) => environment.note(text)),
      );
    else lambda.set(name, createLambdaAuthorizer(authorizer, environment, now));
  }
  return async (call) => {
    const { authorization } = call.route;
    switch (authorization.type) {
      case 'NONE':
        return { granted: true, access: { type: 'none' } };
      case 'JWT':
        return (await jwt.get(authorization.authorizer)?.(call, authorization.scopes ?? [])) ?? undefinedAuthorizer();
      case 'CUSTOM':
        return (await lambda.get(authorization.authorizer)?.(call)) ?? undefinedAuthorizer();
      case 'AWS_IAM':
        return authorizeByIam(call, environment);
    }
  };
}

// Whatever is wrong with a signature, an HTTP API says no more than Forbidden.
function authorizeByIam(call: HttpCall, environment: GatewayEnvironment): Authorization {
  const verdict = verifySignature(call.request, environment.credentials, environment.region);
  if (!verdict.valid) return { granted: false, answer: errorAnswer(403) };
  const { accessKeyId, userArn } = verdict.credential;
  const accountId = userArn.split(':')[4] ?? environment.accountId;
  return { granted: true, access: { type: 'iam', accessKey: accessKeyId, userArn, accountId } };
}

function undefinedAuthorizer(): Authorization {
  return { granted: false, answer: errorAnswer(500) };
}
