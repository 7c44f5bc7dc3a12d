// What the terminal lists of what runs functions besides routes.

import type { TriggerSource } from '../../../gateway/triggers/call-function.ts';
import type { FunctionDeclaration, Trigger } from '../../../project/project.ts';

export interface ServedTrigger {
  readonly source: TriggerSource;
  /** The model, queue or topic; of a schedule its expression. */
  readonly name: string;
  /** The function's logical name. */
  readonly function: string;
  /** Of a schedule: when it fires next, in ISO 8601. */
  readonly next?: string;
  /** Why it calls nothing here. */
  readonly off?: string;
}

export function nameOf(trigger: Trigger): string {
  switch (trigger.type) {
    case 'stream':
      return trigger.model;
    case 'queue':
      return trigger.queue;
    case 'topic':
      return trigger.topic;
    case 'schedule':
      return trigger.expression;
  }
}

/** Unique within the project: one function follows a table, a queue or a topic once. */
export function idOf({ name }: FunctionDeclaration, trigger: Trigger): string {
  return `${name}/${trigger.type}/${trigger.type === 'schedule' ? trigger.name : nameOf(trigger)}`;
}
