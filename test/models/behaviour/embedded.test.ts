import { startTables } from '../../../src/gateway/tables/start-tables.ts';
import { behaviourSuite } from './behaviour-suite.ts';

behaviourSuite('the embedded tables', async () => {
  const tables = await startTables({ fresh: true, tables: [] });
  return { endpoint: tables.endpoint, stop: () => tables.close() };
});
