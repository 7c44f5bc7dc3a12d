// Where an API is called: on AWS by a host of its own, on an emulator by its path.

import type { Aws } from './aws.ts';

/** `https://{apiId}.execute-api.{region}.amazonaws.com/{stage}`, without a slash at the end; `$default` has no path. */
export function executeApiUrl(
  aws: Pick<Aws, 'endpoint' | 'partition' | 'region'>,
  apiId: string,
  stage: string,
): string {
  if (aws.endpoint !== undefined) {
    // `*.localhost` names do not resolve everywhere; emulators serve the same API by path.
    return `${aws.endpoint.replace(/\/$/, '')}/_aws/execute-api/${apiId}/${stage}`;
  }
  const suffix = aws.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `https://${apiId}.execute-api.${aws.region}.${suffix}`;
  return stage === '$default' ? host : `${host}/${stage}`;
}

/** The same place for WebSocket clients: `wss://…`. */
export const socketUrl = (url: string): string => url.replace(/^http/, 'ws');
