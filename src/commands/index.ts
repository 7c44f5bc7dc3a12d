// Every command by name, with the line that the list of commands shows. The code of a command is loaded when it is
// typed, never before: a new command is one file and one entry here.

import type { CommandRegistry } from '../cli/registry.ts';

const [develop, other] = ['Develop:', 'Other:'];

export const registry: CommandRegistry = {
  groups: [{ name: 'local', summary: 'run the AWS emulator of this project', heading: develop }],
  commands: [
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
      name: 'completion',
      summary: 'print a completion script for your shell',
      heading: other,
      load: async () => (await import('./completion.ts')).completion,
    },
  ],
};
