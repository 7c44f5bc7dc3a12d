import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type StartedDev, startedDev } from '../harness/started-dev.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { conversesWithAnn, refusesStrangers } from './chat-conversation.ts';
import { chatProject } from './chat-project.ts';

describe('the same chat under apigen dev', () => {
  let project: TemporaryProject;
  let dev: StartedDev;
  beforeAll(async () => {
    project = await temporaryProject(chatProject('chat-dev'));
    dev = await startedDev(project.root);
  });
  afterAll(async () => {
    await dev.stop();
    await project.remove();
  });

  it('lets in who the authorizer lets in', () => refusesStrangers(dev.url('chat')));

  it('answers on the socket, and sends through the connections of the API with what the authorizer said', () =>
    conversesWithAnn(dev.url('chat')));

  it('shows what functions ask of its connections like every other request', () => {
    const requests = dev.events().flatMap((event) => (event.type === 'request' ? [event] : []));
    expect(requests).toEqual([
      expect.objectContaining({
        api: 'chat',
        method: 'POST',
        path: expect.stringMatching(/^\/dev\/@connections\//),
        status: 200,
      }),
    ]);
  });
});
