// Loads a bundle and takes its handler, or says in Lambda's own words why there is none.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { errorPayload, runtimeErrorPayload } from './error-payload.ts';

export type Handler = (event: unknown, context: unknown, callback?: Callback) => unknown;
export type Callback = (error?: unknown, result?: unknown) => void;

export type LoadedHandler = { readonly handler: Handler } | { readonly problem: string };

// The words of Lambda's runtime for Node.js 24.
const CALLBACK_REFUSED =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to ' +
  'modify this function to use a supported handler signature to use Node.js 24 or later. For more information see ' +
  'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/** Never rejects: what the module throws is the function's problem. */
export async function loadHandler(file: string, runtime: string): Promise<LoadedHandler> {
  let module: unknown;
  try {
    module = file.endsWith('.mjs') ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (thrown) {
    return { problem: errorPayload(thrown) };
  }
  const handler = typeof module === 'object' && module !== null && 'handler' in module ? module.handler : undefined;
  if (typeof handler !== 'function') {
    return { problem: runtimeErrorPayload('Runtime.HandlerNotFound', 'index.handler is undefined or not exported') };
  }
  // Lambda, too, tells a callback handler by how many parameters it declares.
  if (handler.length >= 3 && !takesCallbacks(runtime)) {
    return { problem: runtimeErrorPayload('Runtime.CallbackHandlerDeprecated', CALLBACK_REFUSED) };
  }
  return { handler: handler as Handler };
}

/** Up to `nodejs22.x`. https://aws.amazon.com/blogs/compute/node-js-24-runtime-now-available-in-aws-lambda/ */
export function takesCallbacks(runtime: string): boolean {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0) < 24;
}
