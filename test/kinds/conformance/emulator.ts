// A connection to one of the emulators that the tests start, through the product's own pipeline.

import type { Aws } from '../../../src/aws/aws.ts';
import { connect } from '../../../src/aws/connect.ts';

export const emulators = { ministack: 'MINISTACK_ENDPOINT', moto: 'MOTO_ENDPOINT' } as const;

export type Emulator = keyof typeof emulators;

export const region = 'eu-west-1';

export const connectTo = (emulator: Emulator): Promise<Aws> =>
  connect({
    region,
    endpoint: process.env[emulators[emulator]],
    env: { PATH: process.env['PATH'], AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });
