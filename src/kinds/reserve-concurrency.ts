// Reserved concurrency: a setting of a function beside its configuration, with calls of its own.

import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../aws/aws.ts';

/** @param executions null gives what was reserved back to the account's pool; 0 stops the function */
export async function reserve(aws: Aws, FunctionName: string, executions: number | null): Promise<void> {
  if (executions === null) await aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  else {
    const command = new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: executions });
    await aws.lambda.send(command);
  }
}
