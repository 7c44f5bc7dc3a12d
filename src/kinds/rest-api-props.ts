// A REST API's shell as props, what UpdateRestApi is told so that one becomes another, and where every field of the
// SDK's inputs stands. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRestApi-Patch

import type { CreateRestApiCommandInput, PatchOperation, UpdateRestApiCommandInput } from '@aws-sdk/client-api-gateway';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { Tags } from './ownership.ts';

export interface RestApiProps {
  readonly apiName: string;
  readonly description: string;
  readonly endpointType: 'REGIONAL' | 'EDGE';
  /** Sorted. */
  readonly binaryMediaTypes: readonly string[];
  /** Bytes; null: answers are not compressed. */
  readonly minimumCompressionSize: number | null;
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER';
  /** The resource policy, its own ARNs as `execute-api:/…`; null: none. */
  readonly policy: Json;
  /** Clients come by a custom domain alone. */
  readonly endpointDisabled: boolean;
  readonly tags: Tags;
}

export const restApiInputs = {
  name: 'apiName',
  description: 'description',
  endpointConfiguration: 'endpointType',
  binaryMediaTypes: 'binaryMediaTypes',
  minimumCompressionSize: 'minimumCompressionSize',
  apiKeySource: 'apiKeySource',
  policy: 'policy',
  disableExecuteApiEndpoint: 'endpointDisabled',
  tags: 'tags',
  version: fixed('versions are APIs of their own'),
  cloneFrom: unsupported('the definition is the source'),
  securityPolicy: unsupported("AWS's default"),
  endpointAccessMode: unsupported("AWS's default"),
  restApiId: fixed('minted by API Gateway'),
  patchOperations: [
    'apiName',
    'description',
    'endpointType',
    'binaryMediaTypes',
    'minimumCompressionSize',
    'apiKeySource',
    'policy',
    'endpointDisabled',
  ],
} satisfies Coverage<CreateRestApiCommandInput & UpdateRestApiCommandInput>;

export function restApiPatch(now: RestApiProps, desired: RestApiProps): PatchOperation[] {
  const replace = (path: string, from: string, to: string): PatchOperation[] =>
    from === to ? [] : [{ op: 'replace', path, value: to }];
  const mediaType = (op: 'add' | 'remove', types: readonly string[]): PatchOperation[] =>
    types.map((type) => ({ op, path: `/binaryMediaTypes/${type.replaceAll('~', '~0').replaceAll('/', '~1')}` }));
  const without = (types: readonly string[], others: readonly string[]) =>
    types.filter((type) => !others.includes(type));
  return [
    ...replace('/name', now.apiName, desired.apiName),
    ...replace('/description', now.description, desired.description),
    ...replace(`/endpointConfiguration/types/${now.endpointType}`, now.endpointType, desired.endpointType),
    ...mediaType('remove', without(now.binaryMediaTypes, desired.binaryMediaTypes)),
    ...mediaType('add', without(desired.binaryMediaTypes, now.binaryMediaTypes)),
    ...compressionPatch(now.minimumCompressionSize, desired.minimumCompressionSize),
    ...replace('/apiKeySource', now.apiKeySource, desired.apiKeySource),
    // An empty policy is none.
    ...(equal(now.policy, desired.policy)
      ? []
      : [
          {
            op: 'replace' as const,
            path: '/policy',
            value: desired.policy === null ? '' : JSON.stringify(desired.policy),
          },
        ]),
    ...replace('/disableExecuteApiEndpoint', String(now.endpointDisabled), String(desired.endpointDisabled)),
  ];
}

/** Without a value, `replace` switches compression off. */
function compressionPatch(now: number | null, desired: number | null): PatchOperation[] {
  if (now === desired) return [];
  const path = '/minimumCompressionSize';
  return desired === null ? [{ op: 'replace', path }] : [{ op: 'replace', path, value: String(desired) }];
}
