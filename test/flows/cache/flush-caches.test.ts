import { describe, expect, it } from '@jest/globals';
import { flushCaches } from '../../../src/flows/cache/flush-caches.ts';
import type { Session } from '../../../src/flows/converge/session.ts';
import type { Project } from '../../../src/project/project.ts';

const project = {
  name: 'shop',
  stage: { name: 'prod' },
  apis: {
    partner: { name: 'partner', type: 'rest', cache: { size: '0.5' } },
    plain: { name: 'plain', type: 'rest' },
  },
} as unknown as Project;

/** An account with one API, of the given owner. */
function account(owner: string) {
  const sent: [string, object][] = [];
  const tags = { 'apigen:project': owner, 'apigen:stage': 'prod', 'apigen:node': 'rest-api:partner' };
  const send = async (command: { constructor: { name: string }; input: object }) => {
    const { name } = command.constructor;
    sent.push([name, command.input]);
    return name === 'GetRestApisCommand' ? { items: [{ id: 'a1b2', name: 'x', tags }] } : {};
  };
  return { sent, session: { aws: { apiGateway: { send } } } as unknown as Session };
}

describe('flushing caches', () => {
  it('flushes the stage of every API that has a cache', async () => {
    const { sent, session } = account('shop');
    expect(await flushCaches(session, project, undefined)).toEqual(['partner']);
    expect(sent.at(-1)).toEqual(['FlushStageCacheCommand', { restApiId: 'a1b2', stageName: 'prod' }]);
  });

  it('says which APIs have one, where the named one has none', async () => {
    const { session } = account('shop');
    await expect(flushCaches(session, project, 'plain')).rejects.toMatchObject({
      code: 'NO_CACHE',
      detail: 'APIs with a cache: partner.',
    });
  });

  it("leaves another project's API alone", async () => {
    const { sent, session } = account('other');
    await expect(flushCaches(session, project, undefined)).rejects.toMatchObject({ code: 'NOT_DEPLOYED' });
    expect(sent.map(([name]) => name)).not.toContain('FlushStageCacheCommand');
  });
});
