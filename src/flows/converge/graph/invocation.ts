// How API Gateway names a function that it calls: the alias of the API version, never the function itself.

import { type GraphInput, placeOf } from './graph-input.ts';
import { functionName } from './names.ts';

/** The alias of the API version. */
export const aliasArn = (input: GraphInput, logical: string): string =>
  `arn:${input.partition}:lambda:${input.project.region}:${input.account}:function:${functionName(placeOf(input), logical)}:${input.version}`;

/** What API Gateway calls to run a function. */
export const invocationUri = (input: GraphInput, logical: string): string =>
  `arn:${input.partition}:apigateway:${input.project.region}:lambda:path/2015-03-31/functions/${aliasArn(input, logical)}/invocations`;
