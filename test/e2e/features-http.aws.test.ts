// What no other test deploys of HTTP and WebSocket APIs, on both emulators: deployed, called or read back by the SDK
// against expectations written by hand in AWS's terms, planned again, destroyed. Which test holds which feature is said
// in features/table.ts.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '../harness/leftovers.ts';
import { http } from './features/http.ts';
import { HttpStand } from './features/http-stand.ts';
import { websocket } from './features/websocket.ts';

/** What each emulator drops, so that a plan sees it as missing. */
const LACKS = {
  ministack: [
    // CreateIntegration of v2 drops them.
    /integrations\..*\.credentials$/,
    /integrations\..*\.subtype$/,
    /integrations\..*\.connectionId$/,
    /integrations\..*\.passthroughBehavior$/,
    /integrations\..*\.templateSelectionExpression$/,
  ],
  moto: [/methods\..*\.connectionId$/], // PutIntegration of REST APIs drops it
};

for (const emulator of ['ministack', 'moto'] as const) {
  describe(`what HTTP and WebSocket APIs can have, on ${emulator}`, () => {
    const stand = new HttpStand(emulator);
    beforeAll(() => stand.set('http://0.0.0.0:1'));
    afterAll(() => stand.clear());

    it('is deployed, and planned again to nothing', async () => {
      const { code, json, stderr } = await stand.project.apigen('deploy', '--yes');
      expect([code, stderr]).toEqual([0, '']);
      expect(json.changed).toBe(true);
      expect(await stand.project.leftToDo(LACKS[emulator])).toEqual([]);
    });

    http(stand);
    websocket(stand);

    it('is destroyed, and nothing of it is found in any service', async () => {
      const { code, stderr } = await stand.project.apigen('destroy', '--confirm', `${stand.name}/dev`);
      expect([code, stderr]).toEqual([0, '']);
      expect(await leftoversOf(stand.endpoint, `${stand.name}-dev`)).toEqual([]);
    });
  });
}
