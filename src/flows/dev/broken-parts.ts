// What of a project cannot be used as its files stand: said once, and said again when a save has healed it.

import type { Problem } from '../../errors.ts';
import type { Emit } from './dev-event.ts';

export interface BrokenPart {
  readonly what: string;
  readonly problems: readonly Problem[];
}

/** What is as a rule several. */
const PLURALS: ReadonlySet<string> = new Set(['handlers', 'models', 'schemas']);

/** `models cannot run as their files stand` */
export function cannotRun(what: string): string {
  return `${what} cannot run as ${PLURALS.has(what) ? 'their' : 'its'} files stand`;
}

/** `models are fine again` */
export function isFine(what: string): string {
  return `${what} ${PLURALS.has(what) ? 'are' : 'is'} fine again`;
}

export class BrokenParts {
  readonly #parts = new Map<string, BrokenPart>();
  readonly #emit: Emit;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** What was broken first and still is. */
  first(): BrokenPart | undefined {
    return [...this.#parts.values()][0];
  }

  /** @param problems none: it is fine */
  judge(what: string, problems: readonly Problem[]): void {
    if (problems.length > 0) {
      this.#parts.set(what, { what, problems });
      this.#emit({ type: 'broken', what, problems });
    } else if (this.#parts.delete(what)) {
      this.#emit({ type: 'healed', what });
    }
  }
}
