// Which API version a node belongs to, told from its id alone: of what is found by its tags nothing else is known.

import type { NodeId } from '../../../engine/kind.ts';
import { FIRST_VERSION } from '../../../project/api-version.ts';

/** @returns undefined for what all API versions share: tables, functions, roles, queues, domains */
export function versionOfNode(id: NodeId): string | undefined {
  const said = /@(v\d+)(?=[/~]|$)/.exec(id)?.[1];
  if (said !== undefined) return said;
  return /^(?:log-group:)?(?:rest|http|websocket)-api:/.test(id) ? FIRST_VERSION : undefined;
}
