// An authorizer of the project, as routes of any type of API refer to it.

import type { ProjectPath } from './project.ts';
import type { RequestPlace } from './schema/identity.ts';

interface AuthorizerCommon {
  readonly name: string;
  /** What identifies a caller. */
  readonly identity: readonly RequestPlace[];
  readonly path: ProjectPath;
}

export type AuthorizerDeclaration = AuthorizerCommon &
  (
    | {
        readonly type: 'cognito';
        /** Ids or ARNs. */
        readonly userPools: readonly string[];
        /** Ids of app clients. */
        readonly clients: readonly string[];
      }
    | { readonly type: 'jwt'; readonly issuer: string; readonly audience: readonly string[] }
    | {
        readonly type: 'lambda';
        /** Logical name. */
        readonly function: string;
        readonly kind: 'request' | 'token';
        /** Seconds. */
        readonly ttl: number;
        readonly pattern?: string;
        readonly payload: '1.0' | '2.0';
        readonly simpleResponses: boolean;
      }
  );
