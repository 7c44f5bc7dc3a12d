// What is said to a worker: its settings and its calls; and of one that ended.

import { randomBytes, randomUUID } from 'node:crypto';
import type { InvocationResult } from '../exchange.ts';
import { mintSpanId, mintTraceId } from '../mint-ids.ts';
import { lineageOf } from '../triggers/lineage.ts';
import type { FunctionCode } from './function-code.ts';
import type { Call, HeldCall } from './held-calls.ts';
import type { InvokeMessage, WorkerSettings } from './protocol.ts';

/** The words of Lambda for an environment that ended under an invocation. */
export function exitError(call: Call, how: string): InvocationResult {
  const errorMessage = `RequestId: ${call.requestId} Error: Runtime exited with error: ${how}`;
  return { type: 'error', payload: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage }) };
}

/** A call as it is sent. */
export function invokeMessage({ call, number }: HeldCall): InvokeMessage {
  const lineage = call.depth === undefined ? '' : `;${lineageOf(call.depth)}`;
  const traceId = `${mintTraceId(Date.now())};Parent=${mintSpanId()};Sampled=0${lineage}`;
  return { number, event: call.event, awsRequestId: randomUUID(), traceId };
}

/** What a thread is told of its function. */
export function settingsOf(code: FunctionCode, claims: SharedArrayBuffer): WorkerSettings {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    file: code.file,
    ...(code.vendor !== undefined && { vendor: code.vendor }),
    runtime: code.runtime,
    functionName: code.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: code.arn,
    memoryLimitMb: code.memoryMb,
    timeoutMs: code.timeoutMs,
    logGroupName: `/aws/lambda/${code.functionName}`,
    logStreamName: `${day}/[$LATEST]${randomBytes(16).toString('hex')}`,
    claims,
  };
}
