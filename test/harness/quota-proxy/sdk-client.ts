// How the proxy's own tests call it: the real SDK's clients, which send once and say what they make of a refusal.

import type { QuotaProxy } from './options.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Settings of any client that shall speak to the proxy. */
export const settings = (proxy: Pick<QuotaProxy, 'endpoint'>) => ({
  endpoint: proxy.endpoint,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

export interface Failure {
  readonly name: string;
  readonly status: number | undefined;
}

/** What the SDK makes of a refusal: its name for it, and the status. */
export async function failure(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode };
  }
  throw new Error('the call succeeded');
}
