// The cache of a REST stage takes API Gateway minutes to make, to change and to delete.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html

import { FlushStageCacheCommand, GetStageCommand } from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { until } from '../aws/until.ts';

/** AWS says that it takes up to 4 minutes to make one. */
const longestMs = 15 * 60_000;

const underWay = new Set(['CREATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'FLUSH_IN_PROGRESS']);

/** Waits until a stage's cache is neither made, nor changed, nor deleted, nor flushed. */
export async function cacheSettled(aws: Aws, restApiId: string, stageName: string): Promise<void> {
  await until(
    async () => {
      const { cacheClusterStatus = '' } = await aws.apiGateway.send(new GetStageCommand({ restApiId, stageName }));
      return underWay.has(cacheClusterStatus) ? undefined : true;
    },
    { timeoutMs: longestMs, describe: `the cache of stage ${stageName}` },
  );
}

/**
 * Drops every kept answer of a stage.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_FlushStageCache.html
 */
export async function flushCache(aws: Aws, restApiId: string, stageName: string): Promise<void> {
  await aws.apiGateway.send(new FlushStageCacheCommand({ restApiId, stageName }));
}
