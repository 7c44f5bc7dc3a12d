// Functions that decide who may call: what each type of API asks them, and what it takes for an answer.

import type { ApiDeclaration, AuthorizerDeclaration, Project } from '../../project/project.ts';
import type { Call } from './function-types.ts';

type LambdaAuthorizer = Extract<AuthorizerDeclaration, { type: 'lambda' }>;

/** One call for each API that asks the function. */
export function authorizerCalls(project: Project, name: string): readonly Call[] {
  return Object.values(project.authorizers ?? {}).flatMap((authorizer) =>
    authorizer.type === 'lambda' && authorizer.function === name
      ? Object.values(project.apis)
          .filter((api) => asks(api, authorizer.name))
          .map((api) => callOf(api, authorizer))
      : [],
  );
}

const asks = ({ routes }: ApiDeclaration, name: string): boolean =>
  routes.some(({ auth }) => auth.type === 'authorizer' && auth.authorizer === name);

function callOf({ type }: ApiDeclaration, { kind, payload, simpleResponses }: LambdaAuthorizer): Call {
  const policy = 'Lambda.PolicyAuthorizerAnswer';
  if (type === 'websocket') return { event: 'Lambda.ConnectAuthorizerEvent', answer: policy };
  if (type === 'rest') {
    return { event: kind === 'token' ? 'Lambda.TokenAuthorizerEvent' : 'Lambda.RestAuthorizerEvent', answer: policy };
  }
  if (payload === '1.0') return { event: 'Lambda.HttpAuthorizerEventV1', answer: policy };
  return { event: 'Lambda.HttpAuthorizerEvent', answer: simpleResponses ? 'Lambda.SimpleAuthorizerAnswer' : policy };
}
