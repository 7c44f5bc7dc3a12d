import { startTables } from '../../../src/gateway/tables/start-tables.ts';
import { tableSuite } from './table-suite.ts';

tableSuite('embedded', async () => {
  const tables = await startTables({ fresh: true, tables: [] });
  return { endpoint: tables.endpoint, stop: () => tables.close() };
});
