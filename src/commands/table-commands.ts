// The commands of `apigen tables`, as the registry wants them.

import type { CommandRegistry } from '../cli/registry.ts';

export const tableCommands: CommandRegistry['commands'] = [
  {
    name: 'tables list',
    summary: 'list the tables of the models',
    heading: 'Operate:',
    load: async () => (await import('./tables-list.ts')).tablesList,
  },
  {
    name: 'tables describe',
    summary: 'show a table as it stands, with its indexes and backups',
    heading: 'Operate:',
    load: async () => (await import('./tables-describe.ts')).tablesDescribe,
  },
  {
    name: 'tables scan',
    summary: 'show items of a table',
    heading: 'Operate:',
    load: async () => (await import('./tables-scan.ts')).tablesScan,
  },
  {
    name: 'tables get',
    summary: 'show one item by its key',
    heading: 'Operate:',
    load: async () => (await import('./tables-get.ts')).tablesGet,
  },
  {
    name: 'tables put',
    summary: 'store one item, checked by its model',
    heading: 'Operate:',
    load: async () => (await import('./tables-put.ts')).tablesPut,
  },
  {
    name: 'tables seed',
    summary: 'fill a table from a file of items',
    heading: 'Operate:',
    load: async () => (await import('./tables-seed.ts')).tablesSeed,
  },
  {
    name: 'tables backup',
    summary: 'make a backup of a table',
    heading: 'Operate:',
    load: async () => (await import('./tables-backup.ts')).tablesBackup,
  },
  {
    name: 'tables restore',
    summary: 'restore a table from a backup or to a moment',
    heading: 'Operate:',
    load: async () => (await import('./tables-restore.ts')).tablesRestore,
  },
  {
    name: 'tables export',
    summary: 'export a table to S3',
    heading: 'Operate:',
    load: async () => (await import('./tables-export.ts')).tablesExport,
  },
  {
    name: 'tables serve',
    summary: 'serve the tables on this machine, empty and in memory, for tests',
    heading: 'Operate:',
    load: async () => (await import('./tables-serve.ts')).tablesServe,
  },
];
