// All table tests of one engine, over tables of their own.

import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Engine } from './differences.ts';
import { isolationSuite } from './isolation-suite.ts';
import { itemsSuite } from './items-suite.ts';
import { queriesSuite } from './queries-suite.ts';
import { settingsSuite } from './settings-suite.ts';
import { createTestTables, type TestTables } from './table-client.ts';
import { transactionsSuite } from './transactions-suite.ts';

export interface RunningEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** @param start may install the engine first, which takes its time */
export function tableSuite(engine: Engine, start: () => Promise<RunningEngine>): void {
  describe(`tables on ${engine}`, () => {
    let running: RunningEngine | undefined;
    let tables: TestTables | undefined;
    const connect = (): TestTables => {
      if (tables === undefined) throw new Error(`${engine} did not start`);
      return tables;
    };
    beforeAll(async () => {
      running = await start();
      tables = await createTestTables(running.endpoint);
    }, 600_000);
    afterAll(async () => {
      tables?.client.destroy();
      await running?.stop();
    });
    itemsSuite(connect);
    queriesSuite(engine, connect);
    transactionsSuite(engine, connect);
    isolationSuite(connect);
    settingsSuite(engine, connect);
  });
}
