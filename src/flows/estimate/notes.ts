// What an estimate takes for granted and what it leaves out, each with the words that would change it: a flag, or a
// key of the usage. Nothing is guessed silently.

/** Where the usage came from decides how a person would say more. */
export type NoteSource = 'flags' | 'file' | 'project';

export interface Remedy {
  readonly flag?: string;
  readonly key?: string;
}

export class Notes {
  readonly assumed = new Set<string>();
  readonly notCounted = new Set<string>();
  private readonly source: NoteSource;

  constructor(source: NoteSource) {
    this.source = source;
  }

  /** `a function runs 100 ms`. */
  assume(what: string, remedy: Remedy): void {
    this.assumed.add(this.withRemedy(what, remedy));
  }

  /** `data sent to callers`. */
  leaveOut(what: string, remedy: Remedy): void {
    this.notCounted.add(this.withRemedy(what, remedy));
  }

  private withRemedy(what: string, { flag, key }: Remedy): string {
    const remedy = this.source === 'flags' ? (flag ?? key) : key;
    return remedy === undefined ? what : `${what} (${remedy})`;
  }
}
