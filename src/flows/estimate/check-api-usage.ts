// What a usage may say of an API depends on its type: messages are WebSocket's, caches and private endpoints REST's.

import type { BuildContext } from './build-context.ts';
import type { ShapeApi } from './shape.ts';
import type { ApiUsage } from './usage-schema.ts';

const WEBSOCKET_KEYS = [
  'messages',
  'messageSize',
  'sent',
  'sentSize',
  'connections',
  'connectionTime',
  'connectionMinutes',
] as const;

export function checkApiUsage(shape: ShapeApi, said: ApiUsage, { problems, shape: project }: BuildContext): void {
  const path = ['apis', shape.name];
  if (said.type !== undefined && said.type !== shape.type) {
    problems.add(
      [...path, 'type'],
      `apigen.yml says ${shape.type}`,
      'Remove this line; to compare: --compare type=rest,http',
    );
  }
  if (shape.type !== 'websocket') {
    for (const key of WEBSOCKET_KEYS.filter((name) => said[name] !== undefined)) {
      problems.add([...path, key], `only WebSocket APIs have it, and this is a ${shape.type.toUpperCase()} API`);
    }
  } else if (said.requests !== undefined) {
    problems.add([...path, 'requests'], 'a WebSocket API is billed by messages', 'Write messages: instead.');
  }
  if (shape.type !== 'rest') {
    if (said.cache !== undefined) problems.add([...path, 'cache'], 'only REST APIs have a cache');
    if (said.endpoint === 'private') problems.add([...path, 'endpoint'], 'only REST APIs can be private');
    for (const [key, route] of Object.entries(said.routes ?? {})) {
      if (route.streamed) problems.add([...path, 'routes', key, 'streamed'], 'only REST APIs stream responses');
    }
  }
  if (said.endpointZones !== undefined && said.endpoint !== 'private' && shape.exposure !== 'private') {
    problems.add([...path, 'endpointZones'], 'only private APIs have interface endpoints', 'Add endpoint: private.');
  }
  if (said.connectionMinutes !== undefined && (said.connections ?? said.connectionTime) !== undefined) {
    problems.add(
      [...path, 'connectionMinutes'],
      'says the same as connections and connectionTime',
      'Keep one of the two.',
    );
  } else if ((said.connections === undefined) !== (said.connectionTime === undefined)) {
    const key = said.connections === undefined ? 'connectionTime' : 'connections';
    const other = said.connections === undefined ? 'connections' : 'connectionTime';
    problems.add([...path, key], `needs ${other} beside it`, `Add ${other}.`);
  }
  if (project === undefined) return;
  for (const key of Object.keys(said.routes ?? {})) {
    const known = shape.routes.map((route) => route.key);
    if (!known.includes(key)) problems.addUnknown([...path, 'routes', key], 'route', known);
  }
}
