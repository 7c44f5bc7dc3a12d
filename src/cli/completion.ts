// Completion scripts from the declared commands: one tree of words, written three times in the shells' own words.

import type { Command, OptionSpec } from './command.ts';
import { globalOptions } from './global-options.ts';
import type { CommandGroup } from './registry.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What may follow a path of words: `''`, `deploy`, `local`, `local start`. */
interface Place {
  readonly path: string;
  readonly words: readonly Word[];
  readonly options: readonly CompletedOption[];
}

interface Word {
  readonly text: string;
  readonly summary: string;
}

interface CompletedOption {
  /** `--stage`, `-s`. */
  readonly names: readonly string[];
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  readonly summary: string;
}

/** The script, ending in a line break. */
export function completionScript(shell: Shell, commands: readonly Command[], groups: readonly CommandGroup[]): string {
  const places = placesOf(commands, groups);
  if (shell === 'bash') return bashScript(places);
  return shell === 'zsh' ? zshScript(places) : fishScript(places);
}

function placesOf(commands: readonly Command[], groups: readonly CommandGroup[]): Place[] {
  const all = [...groups.map((group) => ({ ...group, options: [] })), ...commands];
  return [{ name: '', options: [] }, ...all].map(({ name, options }) => ({
    path: name,
    words: all
      .filter((other) => other.name.split(' ').slice(0, -1).join(' ') === name && other.name !== name)
      .map((other) => ({ text: other.name.split(' ').at(-1) ?? '', summary: other.summary })),
    options: [...(options ?? []), ...globalOptions, help].map(completed),
  }));
}

const help: OptionSpec = { flags: '-h, --help', summary: 'show help' };

function completed({ flags, choices, summary }: OptionSpec): CompletedOption {
  return {
    names: flags.split(/[ ,]+/).filter((word) => word.startsWith('-')),
    takesValue: /[<[]/.test(flags),
    choices: choices ?? [],
    summary,
  };
}

function bashScript(places: readonly Place[]): string {
  const cases = places.map(({ path, words, options }) => {
    const all = [...words.map(({ text }) => text), ...options.flatMap(({ names }) => names)];
    return `    ${quote(path)}) words=${quote(all.join(' '))} ;;`;
  });
  const values = places.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ names, choices }) => {
        const patterns = names.map((name) => quote(`${path}|${name}`)).join(' | ');
        const answer =
          choices.length > 0 ? `words=${quote(choices.join(' '))}` : 'COMPREPLY=($(compgen -f -- "$current")); return';
        return `    ${patterns}) ${answer} ;;`;
      }),
  );
  return `# bash completion of apigen
_apigen() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" words="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${places
        .filter(({ path }) => path !== '')
        .map(({ path }) => quote(path))
        .join(' | ')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  case "$path|$previous" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _apigen apigen
`;
}

// zsh runs the bash function through its own compatibility layer: one behaviour, one place to be wrong.
function zshScript(places: readonly Place[]): string {
  return `#compdef apigen
autoload -U +X bashcompinit && bashcompinit
${bashScript(places).replace('# bash completion', '# completion')}`;
}

function fishScript(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words, options }) => {
    const parts = path === '' ? [] : path.split(' ');
    const others = words.map(({ text }) => text).join(' ');
    const seen = parts.map((part) => `__fish_seen_subcommand_from ${part}`);
    const condition = [...seen, ...(others === '' ? [] : [`not __fish_seen_subcommand_from ${others}`])].join('; and ');
    const start = `complete -c apigen -f${condition === '' ? '' : ` -n ${quote(condition)}`}`;
    return [
      ...words.map(({ text, summary }) => `${start} -a ${quote(text)} -d ${quote(summary)}`),
      ...options.map((option) => `${start} ${fishOption(option)}`),
    ];
  });
  return `# fish completion of apigen\n${lines.join('\n')}\n`;
}

function fishOption({ names, takesValue, choices, summary }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = takesValue ? [choices.length > 0 ? `-x -a ${quote(choices.join(' '))}` : '-r'] : [];
  return [...flags, ...value, `-d ${quote(summary)}`].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
