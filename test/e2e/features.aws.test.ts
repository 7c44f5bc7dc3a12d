// What no other test deploys of REST APIs and functions, on both emulators: deployed, called or read back by the SDK
// against expectations written by hand in AWS's terms, planned again, destroyed. Which test holds which feature is said
// in features/table.ts.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '../harness/leftovers.ts';
import { functions } from './features/functions.ts';
import { restAccess } from './features/rest-access.ts';
import { restIntegrations } from './features/rest-integrations.ts';
import { RestStand } from './features/rest-stand.ts';

/** What each emulator drops, so that a plan sees it as missing. */
const LACKS = {
  ministack: [/recoveryDays$/], // UpdateContinuousBackups drops the days
  moto: [
    /binaryMediaTypes$/, // PutRestApi and UpdateRestApi drop media types
    /cacheKeyParameters$/, // PutIntegration drops them
    /identityValidationExpression$/, // CreateAuthorizer drops it
  ],
};

for (const emulator of ['ministack', 'moto'] as const) {
  describe(`what a REST project can have, on ${emulator}`, () => {
    const stand = new RestStand(emulator);
    beforeAll(() => stand.set());
    afterAll(() => stand.project.remove());

    it('is planned, with every public route named, and deployed', async () => {
      const planned = await stand.project.apigen('plan');
      expect([planned.code, planned.stderr]).toEqual([0, '']);
      expect(planned.json.publicRoutes).toHaveLength(stand.called ? 23 : 22);
      const { code, json, stderr } = await stand.project.apigen('deploy', '--yes');
      expect([code, stderr]).toEqual([0, '']);
      expect(json.domains).toMatchObject([
        { domain: `world.${stand.name}.example.com`, target: expect.stringMatching(/amazonaws/) },
      ]);
      // It is asked for again where the DNS is set, days later.
      expect((await stand.project.apigen('status')).json.domains).toEqual(json.domains);
    });

    it('is planned again to nothing', async () => {
      expect(await stand.project.leftToDo(LACKS[emulator])).toEqual([]);
    });

    restAccess(stand);
    restIntegrations(stand);
    functions(stand);

    it('is destroyed, and nothing of it is found in any service', async () => {
      const { code, stderr } = await stand.project.apigen('destroy', '--confirm', `${stand.name}/dev`);
      expect([code, stderr]).toEqual([0, '']);
      // The account's own role is none of the project's.
      expect(await leftoversOf(stand.endpoint, `${stand.name}-dev`)).toEqual([]);
    });
  });
}
