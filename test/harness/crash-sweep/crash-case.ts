// One case: an operation is killed at one moment of one call, then typed again. What must hold is checked here, and
// each breach comes back as a sentence.

import { spawn } from 'node:child_process';
import { sampleProject } from '../../e2e/sample-projects.ts';
import { builtProgram } from '../built-program.ts';
import { type CrashPoint, crashAt } from '../quota-proxy/crash-point.ts';
import type { QuotaProxy } from '../quota-proxy/options.ts';
import { startQuotaProxy } from '../quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../temporary-project.ts';
import { keepCalling } from './calling-client.ts';
import { type Inventory, inventoryOf, ledgerText } from './inventory.ts';
import { type ApiType, type Operation, operationsFor } from './operations.ts';

export interface CrashCase {
  readonly type: ApiType;
  readonly operation: Operation['name'];
  /** Absent: nothing is killed; the inventory is what the others are held against. */
  readonly point?: CrashPoint;
}

export interface CrashOutcome {
  readonly breaches: readonly string[];
  readonly inventory: readonly string[];
  /** Control calls of the operation, when nothing was killed. */
  readonly calls: number;
  /** False when the operation ended before the point came. */
  readonly killed: boolean;
}

const secret = 'sweep-secret-value';

/** What the sample's `GET /version` may answer. */
const versions = new Set(['200 one', '200 two']);

export async function runCrashCase(
  ministack: string,
  testCase: CrashCase,
  name: string,
  expected: readonly string[] | undefined,
): Promise<CrashOutcome> {
  const proxy = await startQuotaProxy({ target: ministack, quotas: false });
  const project = await temporaryProject(withSecret(sampleProject({ name, type: testCase.type })));
  try {
    return await new CaseRun(ministack, testCase, name, proxy, project).run(expected);
  } finally {
    await project.remove();
    await proxy.close();
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

class CaseRun {
  readonly #ministack: string;
  readonly #case: CrashCase;
  readonly #name: string;
  readonly #proxy: QuotaProxy;
  readonly #project: TemporaryProject;
  readonly #breaches: string[] = [];
  /** Of the sample's `GET /version`, once it is deployed. */
  #versionUrl = '';

  constructor(ministack: string, testCase: CrashCase, name: string, proxy: QuotaProxy, project: TemporaryProject) {
    this.#ministack = ministack;
    this.#case = testCase;
    this.#name = name;
    this.#proxy = proxy;
    this.#project = project;
  }

  async run(expected: readonly string[] | undefined): Promise<CrashOutcome> {
    const operation = operationsFor(this.#name, this.#case.type).find(({ name }) => name === this.#case.operation);
    if (!operation) throw new Error(`no operation ${this.#case.operation}`);
    for (const files of operation.before) {
      await this.#project.write(withSecret({ ...files }));
      await this.#mustSucceed(['deploy', '--yes']);
    }
    await this.#project.write(withSecret({ ...operation.edit }));
    const before = await inventoryOf(this.#ministack, this.#name);
    const client =
      this.#versionUrl === '' || operation.name === 'destroy' ? undefined : keepCalling(this.#versionUrl, versions);
    const { killed, calls } = await this.#operate(operation);
    this.#breaches.push(...((await client?.stop()) ?? []));
    const after = await inventoryOf(this.#ministack, this.#name);
    this.#tablesKept(before, after, operation);
    if ((await ledgerText(this.#ministack)).includes(secret)) this.#breaches.push('the ledger holds a secret');
    const inventory = after.lines.map((line) => line.replaceAll(this.#name, 'NAME'));
    if (expected && inventory.join('\n') !== expected.join('\n')) this.#breaches.push(difference(expected, inventory));
    if (operation.name === 'deploy' || operation.name === 'update') await this.#nothingLeftToDo();
    await this.#mustSucceed(['destroy', '--confirm', `${this.#name}/dev`]);
    const rest = await inventoryOf(this.#ministack, this.#name);
    if (rest.lines.length > 0) this.#breaches.push(`destroy left ${rest.lines.join(', ')}`);
    return { breaches: this.#breaches, inventory, calls, killed };
  }

  async #operate(operation: Operation): Promise<{ killed: boolean; calls: number }> {
    const command = operation.command(this.#name);
    this.#proxy.restart();
    const point = this.#case.point;
    if (!point) {
      await this.#mustSucceed(command);
      return { killed: false, calls: this.#proxy.calls().length };
    }
    const killed = await this.#killedAt(command, point);
    this.#proxy.setHook(undefined);
    await this.#mustSucceed(command);
    return { killed, calls: 0 };
  }

  async #killedAt(command: readonly string[], point: CrashPoint): Promise<boolean> {
    const child = await this.#start(command);
    let killed = false;
    this.#proxy.setHook(
      crashAt(point, () => {
        killed = true;
        child.process.kill('SIGKILL');
      }),
    );
    await child.ended;
    return killed;
  }

  async #nothingLeftToDo(): Promise<void> {
    this.#proxy.restart();
    await this.#mustSucceed(['deploy', '--yes']);
    const mutating = this.#proxy.calls().filter((call) => call.mutates);
    if (mutating.length > 0) {
      this.#breaches.push(`the next deploy called ${mutating.map((call) => call.operation).join(', ')}`);
    }
  }

  #tablesKept(before: Inventory, after: Inventory, operation: Operation): void {
    if (operation.name === 'destroy') return;
    for (const [name, id] of Object.entries(before.tableIds)) {
      if (after.tableIds[name] !== id) this.#breaches.push(`table ${name} is not the one it was`);
    }
  }

  async #mustSucceed(args: readonly string[]): Promise<void> {
    const child = await this.#start(args);
    const { code, output } = await child.ended;
    if (code !== 0) this.#breaches.push(`apigen ${args.join(' ')} ended with ${code}:\n${output.slice(-1500)}`);
    this.#versionUrl = /GET +(http\S+\/version)/.exec(output)?.[1] ?? this.#versionUrl;
    if (output.includes(secret)) this.#breaches.push(`apigen ${args[0]} printed a secret`);
  }

  async #start(args: readonly string[]) {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [await builtProgram(), ...args], {
      cwd: this.#project.root,
      env: {
        PATH,
        HOME,
        AWS_ENDPOINT_URL: this.#proxy.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
    const ended = new Promise<{ code: number; output: string }>((resolve) => {
      child.once('close', (code) => resolve({ code: code ?? -1, output }));
    });
    return { process: child, ended };
  }
}

function difference(expected: readonly string[], actual: readonly string[]): string {
  const missing = expected.filter((line) => !actual.includes(line)).map((line) => `  - ${line}`);
  const extra = actual.filter((line) => !expected.includes(line)).map((line) => `  + ${line}`);
  return ['the inventory is not the fault-free one:', ...missing, ...extra].join('\n');
}
