import { CreateUsagePlanCommand } from '@aws-sdk/client-api-gateway';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Session } from '../../../src/flows/converge/session.ts';
import {
  issueKey,
  listKeys,
  removeExpired,
  removeKeys,
  rotateKey,
  switchKeys,
} from '../../../src/flows/keys/key-ring.ts';
import { createKey } from '../../../src/kinds/api-keys.ts';
import type { Project } from '../../../src/project/project.ts';
import { connectTo, type Emulator } from '../../kinds/conformance/emulator.ts';

const projectOf = (name: string): Project =>
  ({
    name,
    stage: { name: 'prod' },
    tags: { team: 'checkout' },
    apis: {
      partner: { name: 'partner', plans: { free: {}, gold: {} } },
      other: { name: 'other', plans: { free: {} } },
    },
  }) as unknown as Project;

for (const emulator of ['ministack', 'moto'] as const satisfies readonly Emulator[]) {
  describe(`API keys of a stage, on ${emulator}`, () => {
    const project = projectOf(`ring${process.pid}`);
    let session: Session;
    const names = async (): Promise<readonly string[]> =>
      (await listKeys(session, project, false)).map((key) => `${key.name} ${key.old ? 'old' : 'current'}`);

    beforeAll(async () => {
      session = { aws: await connectTo(emulator), hold: () => undefined };
      for (const plan of ['partner/free', 'partner/gold']) {
        const tags = {
          'apigen:project': project.name,
          'apigen:stage': 'prod',
          'apigen:node': `usage-plan:${plan}`,
        };
        await session.aws.apiGateway.send(new CreateUsagePlanCommand({ name: plan, tags }));
      }
    });

    it('belong to a plan that is declared, named without doubt, and deployed', async () => {
      const plan = (...wanted: string[]) => issueKey(session, project, 'acme', wanted);
      await expect(plan()).rejects.toMatchObject({ code: 'PLAN_AMBIGUOUS' });
      await expect(plan('free')).rejects.toMatchObject({ code: 'PLAN_AMBIGUOUS' });
      await expect(plan('silver')).rejects.toMatchObject({ code: 'PLAN_UNKNOWN' });
      await expect(plan('other/free')).rejects.toMatchObject({ code: 'PLAN_NOT_DEPLOYED' });
      expect(await names()).toEqual([]);
    });

    it('a creation that was cut off before the plan is finished by the same command', async () => {
      const owner = { project: project.name, stage: 'prod' };
      const id = await createKey(session.aws, owner, 'acme', {});
      expect(await issueKey(session, project, 'acme', ['gold'])).toMatchObject({ id, plans: ['partner/gold'] });
      await expect(issueKey(session, project, 'acme', ['gold'])).rejects.toMatchObject({ code: 'KEY_EXISTS' });
      expect(await names()).toEqual(['acme current']);
    });

    it('a rotation that was cut off is finished by the same command, with one new key', async () => {
      const owner = { project: project.name, stage: 'prod' };
      // AWS tells the time of creation in seconds.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      const id = await createKey(session.aws, owner, 'acme', {});
      const { key, old } = await rotateKey(session, project, 'acme', undefined);
      expect([key.id, key.plans, old.removed]).toEqual([id, ['partner/gold'], false]);
      expect(await names()).toEqual(['acme current', 'acme old']);
    });

    it('a rotated key goes after its grace time, and not before', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1100));
      await removeKeys(session, project, 'acme', true);
      await rotateKey(session, project, 'acme', 60_000);
      expect(await removeExpired(session, project)).toEqual([]);
      await removeKeys(session, project, 'acme', true);
      await new Promise((resolve) => setTimeout(resolve, 1100));
      await rotateKey(session, project, 'acme', 1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await removeExpired(session, project)).toHaveLength(1);
      expect(await names()).toEqual(['acme current']);
    });

    it('are switched and removed by name, and an unknown name says which there are', async () => {
      await switchKeys(session, project, 'acme', false);
      expect(await listKeys(session, project, false)).toMatchObject([{ enabled: false }]);
      await expect(removeKeys(session, project, 'amce', false)).rejects.toMatchObject({
        code: 'KEY_UNKNOWN',
        detail: 'Keys of this stage: acme.',
      });
      await removeKeys(session, project, 'acme', false);
      expect(await names()).toEqual([]);
    });
  });
}
