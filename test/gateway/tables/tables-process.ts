// A process that serves tables from a folder until it is killed: node scripts/run.js …/tables-process.ts FOLDER

import { startTables } from '../../../src/gateway/tables/start-tables.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: tables-process.ts FOLDER');
const { endpoint } = await startTables({ folder, fresh: false, tables: [] });
process.stdout.write(`${endpoint}\n`);
