// Every command by name, with the line that the list of commands shows. The code of a command is loaded when it is
// typed, never before: a new command is one file and one entry here.

import type { CommandRegistry } from '../cli/registry.ts';

export const registry: CommandRegistry = {
  groups: [{ name: 'local', summary: 'run an AWS emulator on this machine', heading: 'Develop:' }],
  commands: [
    {
      name: 'completion',
      summary: 'print a completion script for your shell',
      heading: 'Other:',
      load: async () => (await import('./completion.ts')).completion,
    },
  ],
};
