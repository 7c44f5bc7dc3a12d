// Threads that wait for the next save: started beforehand, with the packages of the functions started last already
// loaded, so that a save runs the project's own code alone. One is handed out only to a function for which it is what a
// fresh thread would be: same packages, same memory limit, and the same values wherever the packages looked.

import type { FunctionCode } from './function-code.ts';
import { FunctionThread } from './function-thread.ts';
import { ALL_VARIABLES, type WorkerMessage } from './protocol.ts';

/** As many kinds of spare threads, one of each: projects have functions with a model and such without. */
const KINDS = 2;
/** Starting one must not slow down what is just being called: only so long after the last worker has loaded. */
const QUIET_MS = 100;

interface Spare {
  readonly kind: string;
  readonly thread: FunctionThread;
  /** The variables that its packages looked at; undefined while they load. */
  variables: ReadonlySet<string> | undefined;
}

const kindOf = ({ memoryMb, vendor }: FunctionCode): string => JSON.stringify([memoryMb, vendor]);

export class SpareThreads {
  readonly #script: string;
  readonly #isOn: boolean;
  readonly #spares = new Map<string, Spare>();
  /** The latest function of each kind, the latest kind last. */
  readonly #wanted = new Map<string, FunctionCode>();
  /** What the packages of a chunk looked at, known from earlier threads; null: they cannot be loaded. */
  readonly #looked = new Map<string, ReadonlySet<string> | null>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /**
   * @param script the compiled program of a worker
   * @param isOn without, every thread is a fresh one
   */
  constructor(script: string, isOn: boolean) {
    this.#script = script;
    this.#isOn = isOn;
  }

  /** A thread for this function, to be told of it. */
  take(code: FunctionCode): FunctionThread {
    const kind = kindOf(code);
    const spare = this.#spares.get(kind);
    if (spare === undefined || !fits(spare, code)) return new FunctionThread(this.#script, code, false);
    this.#spares.delete(kind);
    for (const event of ['message', 'error', 'exit']) spare.thread.worker.removeAllListeners(event);
    return spare.thread;
  }

  /** A worker of this function has loaded: the next one may be wanted soon. */
  keepFor(code: FunctionCode): void {
    if (!this.#isOn || this.#isClosed) return;
    const kind = kindOf(code);
    this.#wanted.delete(kind);
    this.#wanted.set(kind, code);
    for (const old of [...this.#wanted.keys()].slice(0, -KINDS)) {
      this.#wanted.delete(old);
      const spare = this.#spares.get(old);
      if (spare !== undefined) this.#end(spare);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fill(), QUIET_MS).unref();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const spare of this.#spares.values()) this.#end(spare);
  }

  #fill(): void {
    for (const [kind, code] of this.#wanted) if (!this.#spares.has(kind)) this.#start(kind, code);
  }

  #start(kind: string, code: FunctionCode): void {
    const { vendor } = code;
    const looked = vendor === undefined ? new Set<string>() : this.#looked.get(vendor);
    if (looked === null) return;
    const spare: Spare = { kind, thread: new FunctionThread(this.#script, code, true), variables: looked };
    const { worker, heard } = spare.thread;
    this.#spares.set(kind, spare);
    worker.on('message', (message: WorkerMessage) => {
      if (message.type !== 'prepared') heard.push(message);
      else if (vendor !== undefined) this.#prepared(spare, vendor, message.variables);
    });
    const gone = (): void => {
      if (this.#spares.get(kind) === spare) this.#spares.delete(kind);
    };
    worker.on('error', gone);
    worker.on('exit', gone);
    spare.thread.unref();
  }

  #prepared(spare: Spare, vendor: string, variables: readonly string[] | undefined): void {
    spare.variables = variables && new Set(variables);
    this.#looked.set(vendor, spare.variables ?? null);
    if (variables === undefined) this.#end(spare);
  }

  #end(spare: Spare): void {
    this.#spares.delete(spare.kind);
    void spare.thread.worker.terminate();
  }
}

function fits({ thread, variables }: Spare, { environment }: FunctionCode): boolean {
  if (variables === undefined || variables.has(ALL_VARIABLES)) return false;
  return [...variables].every((name) => thread.environment[name] === environment[name]);
}
