// One project on one emulator during a sweep: typed commands, killed or not, and what is there afterwards. Beside it
// stand resources of the same names' beginning that are not its own and must come through untouched.

import { spawn } from 'node:child_process';
import { builtProgram } from '../built-program.ts';
import { type CrashPoint, crashAt } from '../quota-proxy/crash-point.ts';
import type { QuotaProxy } from '../quota-proxy/options.ts';
import { startQuotaProxy } from '../quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../temporary-project.ts';
import { type Bystanders, makeBystanders } from './bystanders.ts';
import { type Inventory, inventoryOf } from './inventory.ts';
import { ledgerOf } from './ledger-lines.ts';

export interface Typed {
  readonly code: number;
  /** Of both streams. */
  readonly output: string;
}

/** A command that has ended. */
export interface Ended extends Typed {
  /** How many control calls it made. */
  readonly calls: number;
  /** The operations that changed something. */
  readonly changes: readonly string[];
}

export interface Typist {
  /** Of what is started to be killed. */
  program(): Promise<string>;
  /** Runs a command to its end: in a process of its own, or in this one. */
  type(args: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<Typed>;
}

/** Everything that is there, in plain words, the project's name replaced. */
export interface State {
  readonly resources: readonly string[];
  readonly ledger: readonly string[];
  readonly tableIds: Inventory['tableIds'];
}

const secret = 'sweep-secret-value';

export class SweptProject {
  readonly name: string;
  readonly breaches: string[] = [];
  /** Of the sample's `GET /version`, once it is deployed. */
  versionUrl = '';
  readonly #ministack: string;
  readonly #proxy: QuotaProxy;
  readonly #files: TemporaryProject;
  readonly #bystanders: Bystanders;
  readonly #typist: Typist;

  private constructor(
    name: string,
    ministack: string,
    proxy: QuotaProxy,
    files: TemporaryProject,
    bystanders: Bystanders,
    typist: Typist,
  ) {
    this.name = name;
    this.#ministack = ministack;
    this.#proxy = proxy;
    this.#files = files;
    this.#bystanders = bystanders;
    this.#typist = typist;
  }

  static async open(
    ministack: string,
    sources: Record<string, string>,
    name: string,
    typist: Typist = plainTypist,
  ): Promise<SweptProject> {
    const proxy = await startQuotaProxy({ target: ministack, quotas: false });
    const files = await temporaryProject(withSecret(sources));
    return new SweptProject(name, ministack, proxy, files, await makeBystanders(ministack, name), typist);
  }

  async close(): Promise<void> {
    await this.#bystanders.remove();
    await this.#files.remove();
    await this.#proxy.close();
  }

  edit(files: Readonly<Record<string, string>>): Promise<void> {
    return this.#files.write(withSecret({ ...files }));
  }

  /** A command that must succeed. */
  async type(args: readonly string[]): Promise<Ended> {
    const ended = await this.attempt(args);
    const { code, output } = ended;
    if (code !== 0) this.breaches.push(`apigen ${args.join(' ')} ended with ${code}:\n${output.slice(-1500)}`);
    return ended;
  }

  /** A command that may fail. */
  async attempt(args: readonly string[]): Promise<Ended> {
    this.#proxy.restart();
    return this.#judged(args, await this.#typist.type(args, { cwd: this.#files.root, env: this.#environment() }));
  }

  /** @returns false when the command ended before the point came */
  async typeAndKill(args: readonly string[], point: CrashPoint): Promise<boolean> {
    return (await this.typeAndStrike(args, point, 'kill')).struck;
  }

  /**
   * A command in a process of its own that meets something at one moment of one call: SIGKILL, or the loss of that
   * call's connection.
   */
  async typeAndStrike(
    args: readonly string[],
    point: CrashPoint,
    blow: 'kill' | 'cut',
  ): Promise<Ended & { readonly struck: boolean }> {
    this.#proxy.restart();
    const child = start(await this.#typist.program(), args, { cwd: this.#files.root, env: this.#environment() });
    let struck = false;
    this.#proxy.setHook(
      crashAt(point, () => {
        struck = true;
        if (blow === 'kill') child.process.kill('SIGKILL');
      }),
    );
    const typed = await child.ended;
    this.#proxy.setHook(undefined);
    return { ...this.#judged(args, typed), struck };
  }

  #judged(args: readonly string[], { code, output }: Typed): Ended {
    this.versionUrl = /GET +(http\S+\/version)/.exec(output)?.[1] ?? this.versionUrl;
    if (output.includes(secret)) this.breaches.push(`apigen ${args[0]} printed a secret`);
    const calls = this.#proxy.calls();
    const changes = calls.filter((call) => call.mutates).map((call) => call.operation);
    return { code, output, calls: calls.length, changes };
  }

  async state(): Promise<State> {
    const plain = (lines: readonly string[]): readonly string[] =>
      lines.map((line) => line.replaceAll(this.name, 'NAME'));
    const [{ lines, tableIds }, ledger] = await Promise.all([
      inventoryOf(this.#ministack, this.name),
      ledgerOf(this.#ministack, this.name),
    ]);
    if (ledger.text.includes(secret)) this.breaches.push('the ledger holds a secret');
    return { resources: plain(lines), ledger: plain(ledger.lines), tableIds };
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      AWS_ENDPOINT_URL: this.#proxy.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
  }
}

/** An environment value that must never reach ledger, output or errors. */
function withSecret(files: Record<string, string>): Record<string, string> {
  if (files['apigen.yml'] === undefined) return files;
  const yml = files['apigen.yml'].replace(
    'GET /version: src/version.handler',
    `GET /version: { handler: src/version.handler, environment: { TOKEN: ${secret} } }`,
  );
  return { ...files, 'apigen.yml': yml };
}

/** Everything in a process of its own, as it is shipped. */
const plainTypist: Typist = {
  program: builtProgram,
  type: async (args, options) => start(await builtProgram(), args, options).ended,
};

function start(program: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  const child = spawn(process.execPath, [program, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const ended = new Promise<Typed>((resolve) => {
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
  return { process: child, ended };
}
