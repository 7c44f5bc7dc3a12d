// What is known of a command before its code is loaded: enough for the list of commands and for finding the one
// that was typed. Start-up then loads that one alone.

import type { Command } from './command.ts';

export interface CommandEntry {
  /** As in its {@link Command}: `deploy`, `local start`. */
  readonly name: string;
  /** The same line as in its {@link Command}; a test holds them together. */
  readonly summary: string;
  /** The heading it stands under in the list of commands. */
  readonly heading: string;
  load(): Promise<Command>;
}

/** A word that only leads to others: `local`. A word that is a command too needs none. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly heading: string;
}

export interface CommandRegistry {
  readonly commands: readonly CommandEntry[];
  readonly groups: readonly CommandGroup[];
}
