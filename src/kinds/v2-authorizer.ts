// An authorizer of an HTTP or WebSocket API as props. AWS mints its id, so routes name it by its name; the name that AWS
// gets carries apigen's mark and the type, which cannot be changed in place.

import type { Authorizer, CreateAuthorizerCommandInput } from '@aws-sdk/client-apigatewayv2';
import type { V2Protocol } from './v2-protocol.ts';
import { asWanted } from './v2-spelling.ts';

export type V2AuthorizerProps =
  | {
      readonly type: 'JWT';
      readonly identitySource: readonly string[];
      readonly issuer: string;
      readonly audience: readonly string[];
    }
  | {
      readonly type: 'REQUEST';
      readonly identitySource: readonly string[];
      /** The invocation URI of the function. */
      readonly uri: string;
      /** Of HTTP APIs alone, as are the next two; WebSocket APIs keep no answers and know one payload. */
      readonly payloadFormatVersion?: string;
      readonly simpleResponses?: boolean;
      /** Seconds an answer is kept; 0: never. */
      readonly ttl?: number;
    };

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
const defaultTtl = 300;

const mark = /^apigen-(jwt|request)-(.+)$/;

/** What AWS calls it. */
export const authorizerName = (name: string, { type }: V2AuthorizerProps): string =>
  `apigen-${type.toLowerCase()}-${name}`;

/** Its name in the definition; undefined where somebody else made it. */
export const nameOfAuthorizer = ({ Name }: Authorizer): string | undefined => mark.exec(Name ?? '')?.[2];

export function authorizerFrom(
  authorizer: Authorizer,
  protocol: V2Protocol,
  wanted: V2AuthorizerProps | undefined,
): V2AuthorizerProps {
  const identitySource = asWanted(authorizer.IdentitySource ?? [], wanted?.identitySource);
  if (authorizer.AuthorizerType === 'JWT') {
    const { Issuer: issuer = '', Audience = [] } = authorizer.JwtConfiguration ?? {};
    const audience = asWanted(Audience, wanted?.type === 'JWT' ? wanted.audience : undefined);
    return { type: 'JWT', identitySource, issuer, audience };
  }
  const request = { type: 'REQUEST', identitySource, uri: authorizer.AuthorizerUri ?? '' } as const;
  if (protocol === 'WEBSOCKET') return request;
  return {
    ...request,
    payloadFormatVersion: authorizer.AuthorizerPayloadFormatVersion ?? '1.0',
    simpleResponses: authorizer.EnableSimpleResponses ?? false,
    ttl: authorizer.AuthorizerResultTtlInSeconds ?? defaultTtl,
  };
}

/** The same fields in a creation and an update. */
export function authorizerInput(ApiId: string, name: string, props: V2AuthorizerProps): CreateAuthorizerCommandInput {
  const common = {
    ApiId,
    Name: authorizerName(name, props),
    AuthorizerType: props.type,
    IdentitySource: [...props.identitySource],
  };
  if (props.type === 'JWT') {
    return { ...common, JwtConfiguration: { Issuer: props.issuer, Audience: [...props.audience] } };
  }
  return {
    ...common,
    AuthorizerUri: props.uri,
    ...(props.payloadFormatVersion !== undefined && { AuthorizerPayloadFormatVersion: props.payloadFormatVersion }),
    ...(props.simpleResponses !== undefined && { EnableSimpleResponses: props.simpleResponses }),
    ...(props.ttl !== undefined && { AuthorizerResultTtlInSeconds: props.ttl }),
  };
}
