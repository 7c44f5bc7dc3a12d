// What tests of the ledger share: a connection to an emulator, a stage of its own each, a release of any size.

import { randomUUID } from 'node:crypto';
import type { Aws } from '../../src/aws/aws.ts';
import { type ConnectOptions, connect } from '../../src/aws/connect.ts';
import type { LedgerRow, Release } from '../../src/engine/ledger.ts';
import type { Clocks } from '../../src/ledger/lease.ts';
import type { LedgerScope } from '../../src/ledger/ledger-table.ts';

export const emulators = ['MiniStack', 'moto'] as const;
export type Emulator = (typeof emulators)[number];

export function endpointOf(emulator: Emulator): string {
  const endpoint = { MiniStack: process.env['MINISTACK_ENDPOINT'], moto: process.env['MOTO_ENDPOINT'] }[emulator];
  if (endpoint === undefined) throw new Error(`${emulator} does not run`);
  return endpoint;
}

export const connectTo = (endpoint: string, more: Partial<ConnectOptions> = {}): Promise<Aws> =>
  connect({ region: 'eu-west-1', env: {}, endpoint, ...more });

/** A stage that no other test writes to. */
export function freshScope(): LedgerScope {
  return { project: 'ledger', stage: randomUUID() };
}

/** Clocks that the test moves; they start at the true time. */
export class MovedClocks implements Clocks {
  #wall = 0;
  #monotonic = 0;

  wall(): number {
    return Date.now() + this.#wall;
  }

  monotonic(): number {
    return performance.now() + this.#monotonic;
  }

  pass(ms: number): void {
    this.#wall += ms;
    this.#monotonic += ms;
  }

  /** Somebody sets the clock: no time has passed. */
  setWall(ms: number): void {
    this.#wall += ms;
  }

  /** The machine sleeps: the monotonic clock stands still. */
  sleep(ms: number): void {
    this.#wall += ms;
  }
}

export const rowOf = (id: string): LedgerRow => ({
  id,
  kind: 'lambda-function',
  name: `shop-dev-${id}`,
  physicalId: `shop-dev-${id}`,
  outputs: { arn: `arn:aws:lambda:eu-west-1:000000000000:function:shop-dev-${id}` },
  status: 'live',
  dependsOn: [`iam-role:${id}`],
  hash: '0123456789abcdef0123456789abcdef',
});

/** The release of a project with so many functions, as a deploy writes it. */
export function releaseOf(number: number, functions: number): Release {
  const ids = Array.from({ length: functions }, (_, index) => `orders-of-customer-${index}-list-by-date`);
  return {
    number,
    at: '2026-01-01T00:00:00.000Z',
    by: 'test',
    changes: ids.flatMap((id) => [`create function shop-dev-${id}`, `create alias shop-dev-${id}:v1`]),
    cutover: ids.map((id) => ({
      id: `alias:${id}@v1`,
      kind: 'lambda-alias',
      name: `shop-dev-${id}:v1`,
      props: {
        functionName: `shop-dev-${id}`,
        aliasName: 'v1',
        publication: `apigen:${id}`,
        version: '1',
        weights: {},
      },
      dependsOn: [`function:${id}`],
    })),
    policies: ids.map((id) => ({
      id: `role:${id}`,
      kind: 'iam-role',
      name: `shop-dev-${id}-eu-west-1`,
      props: {
        statements: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
            Resource: `arn:aws:dynamodb:eu-west-1:000000000000:table/shop-dev-${id}`,
          },
        ],
      },
      dependsOn: [],
    })),
    nodes: ids.flatMap((id) => [`role:${id}`, `function:${id}`, `alias:${id}@v1`, `log-group:${id}`]),
  };
}
