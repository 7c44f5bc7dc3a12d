// `apigen completion <shell>`: prints a script that completes commands, options and their choices. The script is
// complete in itself, so that pressing Tab never starts Node.

import type { Command } from '../cli/command.ts';
import { completionScript, type Shell, shells } from '../cli/completion.ts';
import { UsageError } from '../errors.ts';
import { registry } from './index.ts';

export const completion: Command = {
  name: 'completion',
  summary: 'print a completion script for your shell',
  description: `Prints a script that completes commands, options and their choices in ${shells.join(', ')}.`,
  arguments: [{ name: 'shell', summary: shells.join(', '), required: true }],
  examples: [
    'eval "$(apigen completion bash)"',
    'apigen completion zsh > "$' + '{fpath[1]}/_apigen"',
    'apigen completion fish > ~/.config/fish/completions/apigen.fish',
  ],
  async run(input, { ui }) {
    const shell = input.arguments['shell'];
    if (!isShell(shell)) {
      throw new UsageError({
        code: 'UNKNOWN_SHELL',
        summary: `There is no completion for ${String(shell)}`,
        hint: `apigen completion bash    (or ${shells.slice(1).join(', ')})`,
      });
    }
    const commands: Command[] = [];
    for (const entry of registry.commands) commands.push(await entry.load());
    const script = completionScript(shell, commands, registry.groups);
    ui.result({ shell, script }, () => script);
    return 0;
  },
};

function isShell(value: unknown): value is Shell {
  return shells.some((shell) => shell === value);
}
