// Every command by name, with the line that the list of commands shows. The code of a command is loaded when it is
// typed, never before: a new command is one file and one entry here.

import type { CommandRegistry } from '../cli/registry.ts';
import { tableCommands } from './table-commands.ts';

const starting = 'Start:';
const develop = 'Develop:';
const deploying = 'Deploy:';
const operating = 'Operate:';
const pricing = 'Price:';
const other = 'Other:';

export const registry: CommandRegistry = {
  groups: [
    { name: 'cache', summary: 'the caches of REST APIs', heading: operating },
    { name: 'versions', summary: 'API versions that are live at once in a stage', heading: deploying },
    { name: 'keys', summary: 'API keys of a stage', heading: operating },
    { name: 'tables', summary: 'the tables of the models: their items, backups and exports', heading: operating },
    { name: 'local', summary: 'run the AWS emulator of this project', heading: develop },
  ],
  commands: [
    {
      name: 'init',
      summary: 'start a project, or add what is missing in one',
      heading: starting,
      load: async () => (await import('./init.ts')).init,
    },
    {
      name: 'add-route',
      summary: 'add a route to an API, with its handler',
      heading: starting,
      load: async () => (await import('./add-route.ts')).addRouteCommand,
    },
    {
      name: 'add-model',
      summary: 'add a Dynamoose model, which becomes a DynamoDB table',
      heading: starting,
      load: async () => (await import('./add-model.ts')).addModelCommand,
    },
    {
      name: 'add-auth',
      summary: 'add an authorizer: Cognito, JWT or a function',
      heading: starting,
      load: async () => (await import('./add-auth.ts')).addAuthCommand,
    },
    {
      name: 'check',
      summary: 'find every mistake that can be known without AWS',
      heading: develop,
      load: async () => (await import('./check.ts')).check,
    },
    {
      name: 'types',
      summary: 'write TypeScript types for the handlers',
      heading: develop,
      load: async () => (await import('./types.ts')).types,
    },
    {
      name: 'dev',
      summary: 'run the whole API on this machine, and reload it on save',
      heading: develop,
      load: async () => (await import('./dev.ts')).dev,
    },
    {
      name: 'dev token',
      summary: 'mint a token that the local API takes',
      heading: develop,
      load: async () => (await import('./dev-token.ts')).devToken,
    },
    {
      name: 'local start',
      summary: 'start the AWS emulator of this project',
      heading: develop,
      load: async () => (await import('./local-start.ts')).localStart,
    },
    {
      name: 'local stop',
      summary: 'stop the AWS emulator of this project',
      heading: develop,
      load: async () => (await import('./local-stop.ts')).localStop,
    },
    {
      name: 'local status',
      summary: 'show whether the AWS emulator of this project runs',
      heading: develop,
      load: async () => (await import('./local-status.ts')).localStatus,
    },
    {
      name: 'plan',
      summary: 'show what a deploy would change',
      heading: deploying,
      load: async () => (await import('./plan.ts')).plan,
    },
    {
      name: 'deploy',
      summary: 'bring AWS to what apigen.yml says',
      heading: deploying,
      load: async () => (await import('./deploy.ts')).deploy,
    },
    {
      name: 'status',
      summary: 'show what is deployed, and where',
      heading: deploying,
      load: async () => (await import('./status.ts')).status,
    },
    {
      name: 'releases',
      summary: 'list the releases that can be returned to',
      heading: deploying,
      load: async () => (await import('./releases.ts')).releases,
    },
    {
      name: 'rollback',
      summary: 'return to an earlier release',
      heading: deploying,
      load: async () => (await import('./rollback.ts')).rollback,
    },
    {
      name: 'promote',
      summary: 'give a canary all the traffic',
      heading: deploying,
      load: async () => (await import('./promote.ts')).promote,
    },
    {
      name: 'versions list',
      summary: 'list the API versions of a stage',
      heading: deploying,
      load: async () => (await import('./versions-list.ts')).versionsList,
    },
    {
      name: 'versions remove',
      summary: 'take one API version of a stage down',
      heading: deploying,
      load: async () => (await import('./versions-remove.ts')).versionsRemove,
    },
    {
      name: 'drift',
      summary: 'show what was changed outside apigen',
      heading: deploying,
      load: async () => (await import('./drift.ts')).drift,
    },
    {
      name: 'unlock',
      summary: 'take away a lock that a dead deploy left',
      heading: deploying,
      load: async () => (await import('./unlock.ts')).unlock,
    },
    {
      name: 'destroy',
      summary: 'delete everything of a stage',
      heading: deploying,
      load: async () => (await import('./destroy.ts')).destroy,
    },
    {
      name: 'logs',
      summary: 'show what the functions printed',
      heading: operating,
      load: async () => (await import('./logs.ts')).logs,
    },
    ...tableCommands,
    {
      name: 'keys create',
      summary: 'make an API key for a usage plan',
      heading: operating,
      load: async () => (await import('./keys-create.ts')).keysCreate,
    },
    {
      name: 'keys list',
      summary: 'list the API keys of a stage',
      heading: operating,
      load: async () => (await import('./keys-list.ts')).keysList,
    },
    {
      name: 'keys rotate',
      summary: 'give a key a new value; the old one stays valid for a grace time',
      heading: operating,
      load: async () => (await import('./keys-rotate.ts')).keysRotate,
    },
    {
      name: 'keys remove',
      summary: 'delete an API key',
      heading: operating,
      load: async () => (await import('./keys-remove.ts')).keysRemove,
    },
    {
      name: 'keys enable',
      summary: 'let a disabled key in again',
      heading: operating,
      load: async () => (await import('./keys-switch.ts')).keysEnable,
    },
    {
      name: 'keys disable',
      summary: 'refuse a key without deleting it',
      heading: operating,
      load: async () => (await import('./keys-switch.ts')).keysDisable,
    },
    {
      name: 'cache flush',
      summary: 'drop what the cache of a REST API keeps',
      heading: operating,
      load: async () => (await import('./cache-flush.ts')).cacheFlush,
    },
    {
      name: 'cost-estimate',
      summary: 'estimate the monthly cost',
      heading: pricing,
      load: async () => (await import('./cost-estimate.ts')).costEstimate,
    },
    {
      name: 'cost-estimate init-usage',
      summary: 'write a usage file with comments',
      heading: pricing,
      load: async () => (await import('./cost-estimate-init-usage.ts')).costEstimateInitUsage,
    },
    {
      name: 'prices',
      summary: 'list the prices that estimates use',
      heading: pricing,
      load: async () => (await import('./prices.ts')).prices,
    },
    {
      name: 'completion',
      summary: 'print a completion script for your shell',
      heading: other,
      load: async () => (await import('./completion.ts')).completion,
    },
  ],
};
