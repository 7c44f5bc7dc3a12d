// Which command the typed words name: the longest name that they begin with, so that `cost-estimate init-usage`
// wins over `cost-estimate`.

import type { CommandEntry } from './registry.ts';

export function findCommand(words: readonly string[], entries: readonly CommandEntry[]): CommandEntry | undefined {
  return entries
    .filter(({ name }) => name.split(' ').every((part, index) => words[index] === part))
    .sort((a, b) => b.name.length - a.name.length)[0];
}
