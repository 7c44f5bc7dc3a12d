// Authorizes a request as its route says. A route whose authorizer is not defined is refused, not opened.

import type { RestAuthorizer } from '../../api/definition.ts';
import type { AuthorizerResult } from '../authorizers/authorizer-result.ts';
import { DecisionCache } from '../authorizers/decision-cache.ts';
import { authorizeByCognito } from '../authorizers/rest-cognito.ts';
import { authorizeByIam } from '../authorizers/rest-iam.ts';
import { authorizeByLambda } from '../authorizers/rest-lambda.ts';
import { createKeySource } from '../jwt/key-source.ts';
import { GatewayFault } from './fault.ts';
import { methodArn, type RoutedExchange } from './rest-exchange.ts';

/** "When authorization is enabled on a method, the maximum length of the method's ARN is 1600 bytes" (REST quotas). */
const ARN_LIMIT_BYTES = 1600;

export class Authorizers {
  readonly #authorizers: Readonly<Record<string, RestAuthorizer>>;
  readonly #decisions = new DecisionCache<AuthorizerResult>();
  readonly #keys = createKeySource();

  constructor(authorizers: Readonly<Record<string, RestAuthorizer>>) {
    this.#authorizers = authorizers;
  }

  /** Fills in the caller. @throws GatewayFault 401, 403, 500. */
  async authorize(exchange: RoutedExchange): Promise<void> {
    const { authorization } = exchange.route;
    if (authorization.type !== 'NONE' && methodArn(exchange).length > ARN_LIMIT_BYTES) {
      throw new GatewayFault('uriTooLong');
    }
    switch (authorization.type) {
      case 'NONE':
        return;
      case 'AWS_IAM':
        return authorizeByIam(exchange);
      case 'CUSTOM': {
        const authorizer = this.#named(authorization.authorizer);
        if (authorizer.type === 'COGNITO_USER_POOLS') throw wrongType(authorization.authorizer);
        return authorizeByLambda(authorization.authorizer, authorizer, exchange, this.#decisions);
      }
      case 'COGNITO_USER_POOLS': {
        const authorizer = this.#named(authorization.authorizer);
        if (authorizer.type !== 'COGNITO_USER_POOLS') throw wrongType(authorization.authorizer);
        return authorizeByCognito(
          authorizer,
          authorization.scopes ?? [],
          exchange,
          exchange.environment.keys ?? this.#keys,
        );
      }
    }
    throw new GatewayFault('authorizerConfiguration', {
      reason: `the route's authorization ${JSON.stringify(authorization)} is unknown`,
    });
  }

  #named(name: string): RestAuthorizer {
    const authorizer = Object.hasOwn(this.#authorizers, name) ? this.#authorizers[name] : undefined;
    if (authorizer !== undefined) return authorizer;
    throw new GatewayFault('authorizerConfiguration', { reason: `there is no authorizer ${name}` });
  }
}

function wrongType(name: string): GatewayFault {
  return new GatewayFault('authorizerConfiguration', { reason: `authorizer ${name} is of another type` });
}
