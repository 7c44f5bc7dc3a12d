// A REST stage as props, and where every field of the SDK's inputs stands in them.

import type { CreateStageCommandInput, UpdateStageCommandInput } from '@aws-sdk/client-api-gateway';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { Tags } from './ownership.ts';
import type { RestSettingsByMethod } from './rest-method-settings.ts';

/** GB. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
export type CacheSize = '0.5' | '1.6' | '6.1' | '13.5' | '28.4' | '58.2' | '118' | '237';

export interface RestStageProps {
  readonly apiId: string;
  readonly stageName: string;
  /** The hash of the definition it serves. */
  readonly snapshot: string;
  /** Its deployment, minted by API Gateway. */
  readonly deploymentId: string;
  readonly description: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: RestSettingsByMethod;
  /** Days that its execution logs are kept, 0 for ever; null where nothing is logged. */
  readonly executionLogDays: number | null;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | null;
  /** The size of its cache; empty: none. */
  readonly cacheCluster: CacheSize | '';
  /** X-Ray. */
  readonly tracing: boolean;
  readonly tags: Tags;
}

export const restStageInputs = {
  restApiId: 'apiId',
  stageName: 'stageName',
  deploymentId: ['snapshot', 'deploymentId'],
  description: 'description',
  variables: 'variables',
  tags: 'tags',
  cacheClusterEnabled: 'cacheCluster',
  cacheClusterSize: 'cacheCluster',
  documentationVersion: unsupported('documentation is generated from source'),
  canarySettings: fixed('none: canaries weight the alias'),
  tracingEnabled: 'tracing',
  patchOperations: [
    'snapshot',
    'deploymentId',
    'description',
    'variables',
    'settings',
    'executionLogDays',
    'accessLog',
    'cacheCluster',
    'tracing',
  ],
} satisfies Coverage<CreateStageCommandInput & UpdateStageCommandInput>;
