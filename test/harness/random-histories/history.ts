// One random history of a project on an emulator: each step is done, and what must hold after it is checked. Breaches
// come back as sentences, with the steps that led there.

import { keepCalling } from '../crash-sweep/calling-client.ts';
import { inventoryOf } from '../crash-sweep/inventory.ts';
import type { ApiType } from '../crash-sweep/operations.ts';
import { type Ended, type State, SweptProject, type Typist } from '../crash-sweep/swept-project.ts';
import { tamper } from './by-hand.ts';
import { FirstDeploys } from './first-deploys.ts';
import { aliasLines, liveLines } from './live-lines.ts';
import { answerOf, filesOf, type Source } from './random-source.ts';
import { type DrawnHistory, described, type Fault, type Step } from './random-step.ts';
import { isRefusal, isRightlyRefused } from './refusals.ts';
import { settledBreaches } from './settled-checks.ts';
import { stageRecord } from './stage-record.ts';
import { taggedOf } from './tagged.ts';

export interface HistoryOptions {
  readonly ministack: string;
  readonly typist: Typist;
  /** Of the project; a second one of the same length is made of it. */
  readonly name: string;
  log(line: string): void;
}

/** @returns the first step's breaches; none when everything held */
export async function runHistory(drawn: DrawnHistory, options: HistoryOptions): Promise<readonly string[]> {
  const run = await HistoryRun.open(drawn, options);
  try {
    const steps: readonly Step[] = [
      { type: 'deploy', source: drawn.first, fault: null },
      ...drawn.steps,
      // The end of every history: what is on disk is deployed without a fault, and taken down.
      { type: 'deploy', source: null, fault: null },
      { type: 'destroy', keepTables: false, fault: null },
    ];
    for (const [index, step] of steps.entries()) {
      const breaches = await run.step(step);
      if (breaches.length > 0) return [`step ${index + 1} of ${steps.length}, ${described(step)}:`, ...breaches];
    }
    return [];
  } finally {
    await run.close();
  }
}

class HistoryRun {
  readonly #options: HistoryOptions;
  readonly #type: ApiType;
  readonly #project: SweptProject;
  readonly #neighbours: readonly string[];
  readonly #firstDeploys: FirstDeploys;
  /** What each release's aliases pointed at. */
  readonly #served = new Map<number, readonly string[]>();
  readonly #anchorOf = new Map<number, number>();
  #source: Source;
  #tableIds: Readonly<Record<string, string>> = {};
  /** What `GET /version` may answer now. */
  #answers = new Set<string>();
  /** Somebody's hands, or half a destroy: clients are not watched, and earlier releases may not be whole. */
  #isTampered = false;
  #isTorn = false;
  readonly #touched = new Set<string>();
  readonly #keptTables = new Set<string>();

  private constructor(drawn: DrawnHistory, options: HistoryOptions, project: SweptProject, before: State) {
    this.#options = options;
    this.#type = drawn.type;
    this.#source = drawn.first;
    this.#project = project;
    this.#firstDeploys = new FirstDeploys({ ...options, type: drawn.type, name: `${options.name.slice(0, -1)}z` });
    this.#neighbours = neighboursOf(before);
  }

  static async open(drawn: DrawnHistory, options: HistoryOptions): Promise<HistoryRun> {
    const files = filesOf(options.name, drawn.type, drawn.first);
    const project = await SweptProject.open(options.ministack, files, options.name, options.typist);
    return new HistoryRun(drawn, options, project, await project.state());
  }

  close(): Promise<void> {
    return this.#project.close();
  }

  async step(step: Step): Promise<readonly string[]> {
    const started = performance.now();
    await this.#do(step);
    const state = await this.#project.state();
    if (JSON.stringify(neighboursOf(state)) !== JSON.stringify(this.#neighbours)) {
      this.#breach(`what is not ours was touched:\n${neighboursOf(state).join('\n')}`);
    }
    this.#options.log(`${described(step)} (${Math.round(performance.now() - started)} ms)`);
    return this.#project.breaches.splice(0);
  }

  async #do(step: Step): Promise<void> {
    switch (step.type) {
      case 'deploy':
        return this.#deploy(step.source, step.fault);
      case 'rollback':
        return this.#rollBack(step.back, step.fault);
      case 'destroy':
        return this.#destroy(step.keepTables, step.fault);
      case 'by-hand':
        return this.#byHand(step);
    }
  }

  async #deploy(source: Source | null, fault: Fault | null): Promise<void> {
    this.#source = source ?? this.#source;
    const { name } = this.#options;
    await this.#project.edit(filesOf(name, this.#type, this.#source));
    const ended = await this.#watched(['deploy', '--yes'], fault, [this.#source.version]);
    await this.#sameTables();
    if (ended === undefined) return;
    const [{ resources }, tagged, record] = await Promise.all([
      this.#project.state(),
      taggedOf(this.#options.ministack, name),
      stageRecord(this.#options.ministack, name),
    ]);
    const renamed = JSON.parse(JSON.stringify({ tagged, record }).replaceAll(name, 'NAME')) as {
      tagged: typeof tagged;
      record: typeof record;
    };
    const settled = { tampered: this.#touched, kept: this.#keptTables, torn: this.#isTorn };
    const fresh = await this.#firstDeploys.linesOf(this.#source);
    for (const breach of this.#firstDeploys.breaches.splice(0)) this.#breach(breach);
    for (const breach of settledBreaches({ ...settled, ...renamed, fresh, resources })) this.#breach(breach);
    const again = await this.#project.type(['deploy', '--yes']);
    if (again.changes.length > 0) this.#breach(`the next deploy called ${again.changes.join(', ')}`);
    const newest = record.releases[0]?.number ?? 0;
    const [release] = renamed.record.releases;
    const names = new Set(release?.cutover.map(({ props }) => `${props['functionName']}`));
    this.#served.set(
      newest,
      aliasLines(resources).filter((line) => names.has(line.split(' ')[0] ?? '')),
    );
    this.#anchorOf.set(newest, this.#source.version);
    this.#isTampered = false;
    await this.#answersOnly(this.#source.version);
  }

  async #rollBack(back: number, fault: Fault | null): Promise<void> {
    const { releases } = await stageRecord(this.#options.ministack, this.#options.name);
    const to = releases[back]?.number ?? releases[0]?.number ?? 1;
    const version = this.#anchorOf.get(to);
    const ended = await this.#watched(
      ['rollback', String(to), '--yes'],
      fault,
      version === undefined ? [] : [version],
      true,
    );
    await this.#sameTables();
    if (ended === undefined) return;
    const newest = (await stageRecord(this.#options.ministack, this.#options.name)).releases[0];
    const served = this.#served.get(to);
    if (newest && served) {
      this.#served.set(newest.number, served);
      if (version !== undefined) this.#anchorOf.set(newest.number, version);
      const now = aliasLines((await this.#project.state()).resources);
      const wrong = served.filter((line) => !now.includes(line));
      if (wrong.length > 0) this.#breach(`release ${to} had ${wrong.join(', ')}; now it is ${now.join(', ')}`);
    }
    if (version !== undefined && !this.#isTampered) await this.#answersOnly(version);
  }

  async #destroy(keepTables: boolean, fault: Fault | null): Promise<void> {
    const { name, ministack } = this.#options;
    const words = ['destroy', '--confirm', `${name}/dev`, ...(keepTables ? ['--keep-tables'] : [])];
    this.#project.versionUrl = '';
    const ended = await this.#struck(words, fault);
    this.#isTorn = ended === undefined;
    if (keepTables) await this.#sameTables();
    else this.#tableIds = {};
    if (ended === undefined) return;
    for (const map of [this.#served, this.#anchorOf]) map.clear();
    this.#touched.clear();
    this.#answers.clear();
    const [{ resources, ledger }, tagged] = await Promise.all([this.#project.state(), taggedOf(ministack, name)]);
    const left = [...liveLines(resources), ...tagged.map(({ node }) => node), ...ledger];
    const wrong = left.filter((line) => !(keepTables && /^table[ :]/.test(line)));
    if (wrong.length > 0) this.#breach(`destroy left ${wrong.join(', ')}`);
    this.#keptTables.clear();
    for (const line of resources) if (line.startsWith('table ')) this.#keptTables.add(line.slice('table '.length));
  }

  async #byHand({ what, which }: Step & { type: 'by-hand' }): Promise<void> {
    const { name, ministack } = this.#options;
    const chosen = await tamper(ministack, await taggedOf(ministack, name), what, which);
    if (chosen === undefined) return;
    this.#isTampered = true;
    this.#isTorn ||= / deleted$/.test(what);
    this.#touched.add(chosen.id.replaceAll(name, 'NAME'));
    if (what === 'a table deleted') {
      this.#tableIds = Object.fromEntries(Object.entries(this.#tableIds).filter(([table]) => table !== chosen.id));
    }
  }

  /** A client calls all the while, and must be answered by the version that is or the one that comes. */
  async #watched(
    args: readonly string[],
    fault: Fault | null,
    coming: readonly number[],
    mayRefuse = false,
  ): Promise<Ended | undefined> {
    for (const version of coming) this.#answers.add(answerOf(version));
    const url = this.#project.versionUrl;
    const client = url !== '' && !this.#isTampered && !this.#isTorn ? keepCalling(url, this.#answers) : undefined;
    const ended = await this.#struck(args, fault, mayRefuse);
    for (const breach of (await client?.stop()) ?? []) this.#breach(breach);
    return ended;
  }

  /** @returns nothing when the command did not succeed, which it must where it met no fault */
  async #struck(args: readonly string[], fault: Fault | null, mayRefuse = false): Promise<Ended | undefined> {
    const ended = fault
      ? await this.#project.typeAndStrike(args, fault.point, fault.blow)
      : { ...(await this.#project.attempt(args)), struck: false };
    if (ended.code === 0) return ended;
    const refused = mayRefuse && isRefusal(ended.output) && (this.#isTorn || isRightlyRefused(ended.output));
    if (!ended.struck && !refused) {
      this.#breach(`apigen ${args.join(' ')} ended with ${ended.code}:\n${ended.output.slice(-1500)}`);
    }
    return undefined;
  }

  async #sameTables(): Promise<void> {
    const { tableIds } = await inventoryOf(this.#options.ministack, this.#options.name);
    for (const [table, id] of Object.entries(this.#tableIds)) {
      if (tableIds[table] !== id) this.#breach(`table ${table} is not the one it was`);
    }
    this.#tableIds = { ...this.#tableIds, ...tableIds };
  }

  async #answersOnly(version: number): Promise<void> {
    this.#answers = new Set([answerOf(version)]);
    if (this.#project.versionUrl === '') return;
    const answer = await fetch(this.#project.versionUrl);
    const given = `${answer.status} ${await answer.text()}`;
    if (!this.#answers.has(given)) this.#breach(`GET /version is answered ${given} instead of ${answerOf(version)}`);
  }

  #breach(sentence: string): void {
    this.#project.breaches.push(sentence);
  }
}

const neighboursOf = ({ resources }: State): readonly string[] =>
  resources.filter((line) => line.includes('NAME-dev-neighbour'));
