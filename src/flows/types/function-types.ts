// What runs a function, as types: the events of its routes, triggers and authorizers, and the answer each takes.

import { jsonValueType } from '../../models/types/json-value-type.ts';
import { type Member, stringType, unionType } from '../../models/types/type-text.ts';
import type { FunctionDeclaration, Project, Trigger } from '../../project/project.ts';
import { authorizerCalls } from './authorizer-calls.ts';
import { functionVariables } from './function-variables.ts';
import type { StageView } from './stage-view.ts';

export interface FunctionTypes {
  readonly name: string;
  readonly event: string;
  readonly answer: string;
  /** Members are optional where some stage lacks them. */
  readonly environment: readonly Member[];
}

/** One way in which a function is called. */
export interface Call {
  readonly event: string;
  readonly answer: string;
}

export function functionTypes(view: StageView, declaration: FunctionDeclaration): FunctionTypes {
  const { project } = view;
  const routes = routeCalls(project, declaration.name);
  const others = [
    ...(declaration.triggers ?? []).map((trigger) => triggerCall(project, trigger)),
    ...authorizerCalls(project, declaration.name),
  ];
  const events = [...routes, ...others].map(({ event }) => event);
  // Routes that share a handler do not tell it which of them asks: its answer must fit all.
  const ofRoutes = [...new Set(routes.map(({ answer }) => answer))].join(' & ');
  const answers = [...(routes.length === 0 ? [] : [ofRoutes]), ...others.map(({ answer }) => answer)];
  return {
    name: declaration.name,
    // Nothing calls it, as far as apigen.yml knows.
    event: events.length === 0 ? 'unknown' : unionType(events),
    answer: answers.length === 0 ? 'unknown' : unionType(answers),
    environment: functionVariables(view, declaration).map((name) => ({ name, type: 'string' })),
  };
}

function routeCalls(project: Project, name: string): readonly Call[] {
  return Object.values(project.apis).flatMap((api) =>
    api.routes
      .filter(({ target }) => target.type === 'function' && target.function === name)
      .map(({ key }) => {
        const place = `${stringType(key)}, ${stringType(api.name)}`;
        return { event: `RouteEvent<${place}>`, answer: `RouteAnswer<${place}>` };
      }),
  );
}

function triggerCall(project: Project, trigger: Trigger): Call {
  switch (trigger.type) {
    case 'stream': {
      const { model, reportFailures } = trigger;
      // A trigger alone gives its table a stream of all images.
      const view = stringType(project.models[model]?.stream ?? 'NEW_AND_OLD_IMAGES');
      return { event: `Lambda.StreamEvent<${view}, ${model}Item, ${model}Key>`, answer: batchAnswer(reportFailures) };
    }
    case 'queue':
      return { event: 'Lambda.QueueEvent', answer: batchAnswer(trigger.reportFailures) };
    case 'topic':
      return { event: 'Lambda.TopicEvent', answer: 'unknown' };
    case 'schedule': {
      const event = trigger.input === undefined ? 'Lambda.ScheduledEvent' : jsonValueType(trigger.input);
      return { event, answer: 'unknown' };
    }
  }
}

/** Without `reportFailures` Lambda looks at no answer. */
const batchAnswer = (reportFailures: boolean): string => (reportFailures ? 'Lambda.BatchAnswer' : 'unknown');
