// `access:` of one function, against the models, topics, queues and WebSocket APIs that the project has.

import type { KnownNames } from './known.ts';
import { nearestName } from './nearest-name.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { FunctionDeclaration, ProjectPath, QueueAccess, TopicAccess } from './project.ts';
import { ACCESS_WORDS, type AccessWord, accessList } from './schema/access.ts';

type Kind = keyof typeof ACCESS_WORDS;
type Granted = Pick<FunctionDeclaration, 'access' | 'topicAccess' | 'queueAccess' | 'managedApis'>;

const WHAT: Readonly<Record<Kind, string>> = {
  model: 'model',
  api: 'WebSocket API',
  topic: 'topic',
  queue: 'queue',
};

/** Access by name; names the project does not have and words that do not fit are problems. */
export function resolveAccess(
  written: Readonly<Record<string, AccessWord | readonly AccessWord[]>>,
  path: ProjectPath,
  known: KnownNames,
  problems: ProblemList,
): Granted {
  const access: Record<string, FunctionDeclaration['access'][string]> = {};
  const topicAccess: Record<string, readonly TopicAccess[]> = {};
  const queueAccess: Record<string, readonly QueueAccess[]> = {};
  const managedApis: string[] = [];
  const names: Readonly<Record<Kind, readonly string[]>> = {
    model: known.models,
    api: known.sockets,
    topic: known.topics,
    queue: known.queues,
  };
  for (const [name, value] of Object.entries(written)) {
    const words: readonly AccessWord[] = typeof value === 'string' ? [value] : value;
    const kind = kindOf(name, words, names);
    const here = [...path, name];
    if (kind === undefined) {
      reportUnknown(name, words, path, known, names, problems);
      continue;
    }
    const wrong = words.find((word) => !ACCESS_WORDS[kind].some((one) => one === word));
    if (wrong !== undefined) {
      problems.addUnlessKnown(here, {
        code: 'WRONG_ACCESS',
        message: `${formatPath(here)}: ${wrong} cannot be said of ${name}, which is a ${WHAT[kind]}`,
        hint: `Write ${ACCESS_WORDS[kind].join(', ')}.`,
      });
    } else if (kind === 'model') access[name] = accessList(words as readonly ('read' | 'write' | 'scan')[]);
    else if (kind === 'topic') topicAccess[name] = ['publish'];
    else if (kind === 'queue') queueAccess[name] = ACCESS_WORDS.queue.filter((word) => words.includes(word));
    else managedApis.push(name);
  }
  return {
    access,
    ...(Object.keys(topicAccess).length > 0 && { topicAccess }),
    ...(Object.keys(queueAccess).length > 0 && { queueAccess }),
    ...(managedApis.length > 0 && { managedApis }),
  };
}

/** Where several have the name, the one that the words are said of. */
function kindOf(
  name: string,
  words: readonly AccessWord[],
  names: Readonly<Record<Kind, readonly string[]>>,
): Kind | undefined {
  const kinds = (Object.keys(ACCESS_WORDS) as Kind[]).filter((kind) => names[kind].includes(name));
  return kinds.find((kind) => words.every((word) => ACCESS_WORDS[kind].some((one) => one === word))) ?? kinds[0];
}

function reportUnknown(
  name: string,
  words: readonly AccessWord[],
  path: ProjectPath,
  known: KnownNames,
  names: Readonly<Record<Kind, readonly string[]>>,
  problems: ProblemList,
): void {
  const kind = (Object.keys(ACCESS_WORDS) as Kind[]).find((one) =>
    ACCESS_WORDS[one].some((word) => words.includes(word)),
  );
  const near = nearestName(name, Object.values(names).flat());
  const problem = (code: string, message: string, hint: string): void =>
    problems.addUnlessKnown([...path, name], { code, message, hint, atKey: true });
  if (kind === 'api' && known.apis.includes(name)) {
    const hint = 'Name an API of type websocket.';
    problem('WRONG_ACCESS', `${formatPath(path)}: ${name} has no connections to manage: it is no WebSocket API`, hint);
    return;
  }
  const what = kind === undefined || kind === 'model' ? 'model' : WHAT[kind];
  const section = { model: 'models', api: 'apis', topic: 'topics', queue: 'queues' }[kind ?? 'model'];
  const add = what === 'model' ? `Add it: apigen add-model ${name}` : `Add it under ${section}:`;
  const hint = near === undefined ? add : `Did you mean ${near}?`;
  problem(`UNKNOWN_${(kind ?? 'model').toUpperCase()}`, `${formatPath(path)}: there is no ${what} ${name}`, hint);
}
