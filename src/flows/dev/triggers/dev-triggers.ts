// What runs functions besides routes, under dev: each trigger of apigen.yml as long as it stands there as it does. A
// reload leaves alone what did not change, with all that waits in it.

import type { ItemChange, TableFollower } from '../../../gateway/tables/item-changes.ts';
import type { Delivery, TriggeredFunctions } from '../../../gateway/triggers/call-function.ts';
import { scheduleTimes } from '../../../gateway/triggers/schedule-times.ts';
import type { TableSpec } from '../../../models/table-spec.ts';
import type { FunctionDeclaration, Project, Trigger } from '../../../project/project.ts';
import type { DevEvent, Emit } from '../dev-event.ts';
import type { DevMessaging } from './dev-messaging.ts';
import { type MadeTrigger, makeTrigger } from './make-trigger.ts';
import { idOf, nameOf, type ServedTrigger } from './served-trigger.ts';

export interface DevTriggersOptions {
  readonly functions: TriggeredFunctions;
  readonly emit: Emit;
  readonly messaging: DevMessaging;
  /** Tables that stand elsewhere: what is written there is not seen. */
  readonly foreignTables: boolean;
}

interface Running {
  readonly function: string;
  readonly text: string;
  readonly made: MadeTrigger;
}

export class DevTriggers {
  readonly #options: DevTriggersOptions;
  readonly #running = new Map<string, Running>();
  readonly #since = Date.now();
  #project: Project | undefined;
  #specs: readonly TableSpec[] = [];
  #isClosed = false;

  constructor(options: DevTriggersOptions) {
    this.#options = options;
  }

  /** Told of what is written to the embedded tables. */
  readonly follower: TableFollower = {
    follows: (table) => this.#followersOf(table).length > 0,
    changed: (change) => this.#changed(change),
  };

  /** Takes over another state of the project. */
  setProject(project: Project): void {
    this.#project = project;
    this.#converge();
  }

  /** The tables as they are about to stand. */
  setTables(specs: readonly TableSpec[]): void {
    this.#specs = specs;
    this.#converge();
  }

  list(): readonly ServedTrigger[] {
    return this.#declared().map(({ declaration, trigger }) => {
      const next = this.#running.get(idOf(declaration, trigger))?.made.next?.();
      const off = this.#offReason(trigger);
      return {
        source: trigger.type,
        name: nameOf(trigger),
        function: declaration.name,
        ...(next !== undefined && { next: next.toISOString() }),
        ...(off !== undefined && { off }),
      };
    });
  }

  /** Calls now what schedules call. */
  fireSchedules(): void {
    for (const { made } of this.#running.values()) made.fire?.();
  }

  /** A function that was built again is given what waits for it. */
  heard(event: DevEvent): void {
    if (event.type !== 'healed' && event.type !== 'reloaded') return;
    for (const { function: called, made } of this.#running.values()) if (called === event.what) made.wake();
  }

  close(): void {
    this.#isClosed = true;
    for (const { made } of this.#running.values()) made.close();
    this.#running.clear();
  }

  #declared(): readonly { readonly declaration: FunctionDeclaration; readonly trigger: Trigger }[] {
    return Object.values(this.#project?.functions ?? {}).flatMap((declaration) =>
      (declaration.triggers ?? []).map((trigger) => ({ declaration, trigger })),
    );
  }

  #offReason(trigger: Trigger): string | undefined {
    if (trigger.type !== 'topic' && !trigger.enabled) return 'not enabled';
    if (trigger.type === 'stream' && this.#options.foreignTables) return 'the tables are elsewhere (--dynamodb)';
    if (trigger.type === 'schedule') {
      return scheduleTimes(trigger.expression, new Date()) === undefined ? 'not understood here' : undefined;
    }
    if (trigger.type === 'stream') return undefined;
    if (this.#options.messaging.isElsewhere) return 'queues and topics are elsewhere (--endpoint-url)';
    const made =
      trigger.type === 'queue' ? this.#project?.queues?.[trigger.queue] : this.#project?.topics?.[trigger.topic];
    return made?.arn === undefined ? undefined : `a ${trigger.type} on AWS`;
  }

  #converge(): void {
    const project = this.#project;
    if (project === undefined || this.#isClosed) return;
    const wanted = new Map<string, Running | undefined>();
    for (const { declaration, trigger } of this.#declared()) {
      if (this.#offReason(trigger) !== undefined) continue;
      const id = idOf(declaration, trigger);
      const spec = trigger.type === 'stream' ? this.#specs.find(({ model }) => model === trigger.model) : undefined;
      const view = trigger.type === 'stream' ? project.models[trigger.model]?.stream : undefined;
      const topic = trigger.type === 'topic' ? project.topics?.[trigger.topic]?.fifo : undefined;
      const text = JSON.stringify([trigger, project.region, project.name, spec?.tableName, view, topic]);
      const before = this.#running.get(id);
      if (before?.text === text && before.made.isOver !== true) wanted.set(id, before);
      else {
        const { functions, emit, messaging } = this.#options;
        const report = (delivery: Delivery): void => emit({ type: 'delivery', ...delivery });
        const ports = { functions, report };
        const made = makeTrigger(trigger, { project, declaration, spec, since: this.#since, ports, messaging });
        wanted.set(id, made && { function: declaration.name, text, made });
      }
    }
    for (const [id, running] of this.#running) if (wanted.get(id) !== running) running.made.close();
    this.#running.clear();
    for (const [id, running] of wanted) if (running !== undefined) this.#running.set(id, running);
  }

  #followersOf(table: string): readonly MadeTrigger[] {
    return [...this.#running.values()].flatMap(({ made }) => (made.table === table ? [made] : []));
  }

  #changed(change: ItemChange): void {
    for (const made of this.#followersOf(change.table)) made.changed?.(change);
  }
}
