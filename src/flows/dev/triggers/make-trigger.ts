// A trigger of apigen.yml as it runs under dev, with what deploy makes of the same declaration.

import type { ItemChange } from '../../../gateway/tables/item-changes.ts';
import type { TriggerPorts, TriggerTarget } from '../../../gateway/triggers/call-function.ts';
import { StreamTrigger } from '../../../gateway/triggers/stream-trigger.ts';
import type { TableSpec } from '../../../models/table-spec.ts';
import type {
  FunctionDeclaration,
  Project,
  StreamTrigger as StreamDeclaration,
  Trigger,
} from '../../../project/project.ts';
import { localFunction } from '../function-settings.ts';
import { LOCAL_ACCOUNT } from '../local-account.ts';
import { nameOf } from './served-trigger.ts';

export interface MadeTrigger {
  /** The table that it follows. */
  readonly table?: string;
  changed?(change: ItemChange): void;
  /** When it fires next. */
  next?(): Date | undefined;
  /** Tries at once what waits for another attempt. */
  wake(): void;
  close(): void;
}

export interface TriggerSurroundings {
  readonly project: Project;
  readonly declaration: FunctionDeclaration;
  /** Of the stream's table; absent until the models are read. */
  readonly spec: TableSpec | undefined;
  /** When streams began, in milliseconds since 1970. */
  readonly since: number;
  readonly ports: TriggerPorts;
}

/** Nothing where what it follows is not there. */
export function makeTrigger(trigger: Trigger, around: TriggerSurroundings): MadeTrigger | undefined {
  const target: TriggerTarget = { source: trigger.type, name: nameOf(trigger), function: around.declaration.name };
  return trigger.type === 'stream' ? streamOf(trigger, target, around) : undefined;
}

function streamOf(
  trigger: StreamDeclaration,
  target: TriggerTarget,
  { project, declaration, spec, since, ports }: TriggerSurroundings,
): MadeTrigger | undefined {
  if (spec === undefined) return undefined;
  const { region } = project;
  const table = spec.tableName;
  const label = new Date(since).toISOString().replace('Z', '');
  const running = new StreamTrigger({
    ...trigger,
    target,
    ports,
    functionArn: localFunction(project, declaration.name).arn,
    stream: {
      arn: `arn:aws:dynamodb:${region}:${LOCAL_ACCOUNT}:table/${table}/stream/${label}`,
      region,
      view: project.models[trigger.model]?.stream ?? 'NEW_AND_OLD_IMAGES',
    },
    onFailure: () => undefined,
  });
  return {
    table,
    changed: (change) => running.changed(change),
    wake: () => running.wake(),
    close: () => running.close(),
  };
}
