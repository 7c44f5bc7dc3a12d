// The authorizers of a REST API. AWS mints their ids; methods refer to them by name in props. An authorizer goes only
// after no method uses it.

import {
  type Authorizer,
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
  GetAuthorizersCommand,
  type PatchOperation,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-api-gateway';
import { everyPage, markedName, type RestPart, unmarked } from './rest-part.ts';

export interface RestAuthorizerProps {
  readonly type: 'TOKEN' | 'REQUEST' | 'COGNITO_USER_POOLS';
  /** The invocation URI of the function; empty for user pools. */
  readonly uri: string;
  /** As AWS writes it: expressions joined by commas. Empty: none, for REQUEST without a cache. */
  readonly identitySource: string;
  readonly identityValidationExpression: string;
  /** Seconds that an answer is kept; 0: never. User pools have none: AWS's default of 300. */
  readonly ttl: number;
  /** ARNs of user pools, sorted. */
  readonly providerArns: readonly string[];
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
export const defaultAuthorizerTtl = 300;

/** As API Gateway itself calls it in OpenAPI documents: no effect of its own. */
export const authTypeOf = ({ type }: RestAuthorizerProps): string =>
  type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom';

export const restAuthorizers: RestPart<RestAuthorizerProps> = {
  title: 'authorizer',

  async list(aws, restApiId) {
    const all = await everyPage<Authorizer>((position) =>
      aws.apiGateway.send(new GetAuthorizersCommand({ restApiId, limit: 500, ...position })),
    );
    return all.map((authorizer) => ({
      id: authorizer.id ?? '',
      ...unmarked(authorizer.name ?? ''),
      item: authorizerFrom(authorizer),
    }));
  },

  async put(aws, { restApiId, name }, wanted, live) {
    if (live) {
      const patchOperations = patches(live.item, wanted);
      await aws.apiGateway.send(new UpdateAuthorizerCommand({ restApiId, authorizerId: live.id, patchOperations }));
      return;
    }
    await aws.apiGateway.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: markedName(name),
        type: wanted.type,
        authType: authTypeOf(wanted),
        ...(wanted.uri !== '' && { authorizerUri: wanted.uri }),
        ...(wanted.identitySource !== '' && { identitySource: wanted.identitySource }),
        ...(wanted.identityValidationExpression !== '' && {
          identityValidationExpression: wanted.identityValidationExpression,
        }),
        authorizerResultTtlInSeconds: wanted.ttl,
        ...(wanted.providerArns.length > 0 && { providerARNs: [...wanted.providerArns] }),
      }),
    );
  },

  async remove(aws, restApiId, { id }) {
    await aws.apiGateway.send(new DeleteAuthorizerCommand({ restApiId, authorizerId: id }));
  },
};

function authorizerFrom(authorizer: Authorizer): RestAuthorizerProps {
  return {
    type: authorizer.type ?? 'TOKEN',
    uri: authorizer.authorizerUri ?? '',
    identitySource: authorizer.identitySource ?? '',
    identityValidationExpression: authorizer.identityValidationExpression ?? '',
    ttl: Number(authorizer.authorizerResultTtlInSeconds ?? defaultAuthorizerTtl),
    providerArns: [...(authorizer.providerARNs ?? [])].sort(),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateAuthorizer-Patch */
function patches(now: RestAuthorizerProps, wanted: RestAuthorizerProps): PatchOperation[] {
  const replace = (path: string, from: string, to: string): PatchOperation[] =>
    from === to ? [] : [{ op: 'replace', path, value: to }];
  const pool = (op: 'add' | 'remove', arns: readonly string[]): PatchOperation[] =>
    arns.map((value) => ({ op, path: '/providerARNs', value }));
  return [
    ...replace('/type', now.type, wanted.type),
    ...replace('/authType', authTypeOf(now), authTypeOf(wanted)),
    ...replace('/authorizerUri', now.uri, wanted.uri),
    ...replace('/identitySource', now.identitySource, wanted.identitySource),
    ...replace('/identityValidationExpression', now.identityValidationExpression, wanted.identityValidationExpression),
    ...replace('/authorizerResultTtlInSeconds', String(now.ttl), String(wanted.ttl)),
    // Added before the others go: an authorizer must have a pool.
    ...pool(
      'add',
      wanted.providerArns.filter((arn) => !now.providerArns.includes(arn)),
    ),
    ...pool(
      'remove',
      now.providerArns.filter((arn) => !wanted.providerArns.includes(arn)),
    ),
  ];
}
