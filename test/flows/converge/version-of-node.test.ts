import { describe, expect, it } from '@jest/globals';
import { versionOfNode } from '../../../src/flows/converge/graph/version-of-node.ts';

describe('the API version of a node, told from its id', () => {
  it.each([
    ['rest-api:partner', 'v1'],
    ['rest-api:partner@v2', 'v2'],
    ['http-api:public@v12/definition', 'v12'],
    ['websocket-api:chat@v2~abc123', 'v2'],
    ['log-group:rest-api:partner', 'v1'],
    ['log-group:http-api:public@v3', 'v3'],
    ['alarm:public@v1/errors', 'v1'],
    ['event-source:worker@v2/queue-jobs', 'v2'],
  ])('%s is of %s', (id, version) => expect(versionOfNode(id)).toBe(version));

  it.each([
    'table:Note',
    'function:list',
    'role:api-partner',
    'log-group:list',
    'queue:jobs',
    'usage-plan:partner/free',
  ])('%s is of all', (id) => expect(versionOfNode(id)).toBeUndefined());
});
