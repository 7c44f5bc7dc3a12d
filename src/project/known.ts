// The names that parts of the file may refer to, as written: one whose settings are wrong is still there for those
// who refer to it.

import type { LocatedMap } from './located.ts';
import { nearestName } from './nearest-name.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath } from './project.ts';

export interface KnownNames {
  readonly models: readonly string[];
  readonly topics: readonly string[];
  readonly queues: readonly string[];
  readonly vpcLinks: readonly string[];
  readonly auth: readonly string[];
  readonly apis: readonly string[];
  /** WebSocket APIs. */
  readonly sockets: readonly string[];
}

/** Names by section. */
export function knownNames(root: LocatedMap): KnownNames {
  const names = (section: string): readonly string[] => {
    const node = root.entries.get(section)?.node;
    return node?.kind === 'map' ? [...node.entries.keys()] : [];
  };
  const apis = root.entries.get('apis')?.node;
  const sockets =
    apis?.kind === 'map'
      ? [...apis.entries].flatMap(([name, { node }]) => {
          const type = node.kind === 'map' ? node.entries.get('type')?.node : undefined;
          return type?.kind === 'scalar' && type.value === 'websocket' ? [name] : [];
        })
      : [];
  return {
    models: names('models'),
    topics: names('topics'),
    queues: names('queues'),
    vpcLinks: names('vpcLinks'),
    auth: names('auth'),
    apis: names('apis'),
    sockets,
  };
}

/** What a name may refer to, for messages: `a model`, and how one is added. */
const SECTIONS = {
  models: { what: 'model', code: 'UNKNOWN_MODEL', add: (name: string) => `apigen add-model ${name}` },
  topics: { what: 'topic', code: 'UNKNOWN_TOPIC', add: (name: string) => `Add topics: { ${name}: {} }` },
  queues: { what: 'queue', code: 'UNKNOWN_QUEUE', add: (name: string) => `Add queues: { ${name}: {} }` },
  vpcLinks: {
    what: 'VPC link',
    code: 'UNKNOWN_VPC_LINK',
    add: (name: string) => `Add vpcLinks: { ${name}: { subnets: […] } }`,
  },
  auth: {
    what: 'authorizer',
    code: 'UNKNOWN_AUTHORIZER',
    add: (name: string) => `Write none or iam, or add it: apigen add-auth ${name} --cognito … | --jwt … | --lambda …`,
  },
} as const;

/** Adds a problem where `section` has no `name`. @returns whether it has */
export function requireName(
  known: KnownNames,
  section: keyof typeof SECTIONS,
  name: string,
  path: ProjectPath,
  problems: ProblemList,
): boolean {
  if (known[section].includes(name)) return true;
  const { what, code, add } = SECTIONS[section];
  const near = nearestName(name, section === 'auth' ? ['none', 'iam', ...known.auth] : known[section]);
  problems.addUnlessKnown(path, {
    code,
    message: `${formatPath(path)}: there is no ${what} ${name}`,
    hint: near === undefined ? add(name) : `Did you mean ${near}?`,
  });
  return false;
}
