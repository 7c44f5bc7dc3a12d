// A VPC link of REST APIs, towards a Network Load Balancer. AWS mints the id and holds names not unique, so it is found
// by its node tag before one is created.

import {
  CreateVpcLinkCommand,
  type CreateVpcLinkCommandInput,
  DeleteVpcLinkCommand,
  GetVpcLinkCommand,
  GetVpcLinksCommand,
  TagResourceCommand,
  UpdateVpcLinkCommand,
  type UpdateVpcLinkCommandInput,
  type VpcLink,
} from '@aws-sdk/client-api-gateway';
import type { Kind, Props, Target } from '../engine/kind.ts';
import { foundByTag } from './api-lookup.ts';
import { type Coverage, fixed } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';
import { untilAvailable } from './vpc-link-wait.ts';

export interface RestVpcLinkProps {
  readonly linkName: string;
  /** ARN of the load balancer. */
  readonly targetArn: string;
  readonly tags: Tags;
}

export const restVpcLinkInputs = {
  name: 'linkName',
  targetArns: 'targetArn',
  tags: 'tags',
  description: fixed('none: the tags say what it is'),
  vpcLinkId: fixed('minted by API Gateway'),
  patchOperations: 'linkName',
} satisfies Coverage<CreateVpcLinkCommandInput & UpdateVpcLinkCommandInput>;

export function restVpcLink({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGateway;
  const list = async (): Promise<readonly VpcLink[]> => {
    const links: VpcLink[] = [];
    let position: string | undefined;
    do {
      const page = await gateway.send(new GetVpcLinksCommand({ limit: 500, ...(position && { position }) }));
      links.push(...(page.items ?? []));
      position = page.position;
    } while (position);
    return links;
  };
  const get = (vpcLinkId: string): Promise<VpcLink | undefined> =>
    orAbsent(gateway.send(new GetVpcLinkCommand({ vpcLinkId })));
  const find = async (target: Target) => {
    const recorded = target.physicalId ? await get(target.physicalId) : undefined;
    if (recorded) return { api: recorded, duplicates: [] };
    return foundByTag(await list(), target.id, owner, ({ tags = {} }) => ({ tags, created: undefined }));
  };
  const settled = (name: string, id: string): Promise<void> =>
    untilAvailable(name, async () => {
      const link = await get(id);
      return { status: link?.status, message: link?.statusMessage };
    });

  return {
    name: 'rest-vpc-link',
    title: 'VPC link',
    fields: { linkName: 'mutable', targetArn: 'immutable', tags: 'mutable' },
    holdsData: false,
    cutsOver: false,
    retires: true,
    replacement: 'create-first',

    async read(target, desired) {
      const found = await find(target);
      if (!found) return undefined;
      const { id = '', name = '', targetArns = [], tags = {} } = found.api;
      const props: RestVpcLinkProps = {
        linkName: name,
        targetArn: targetArns.join(),
        tags: managedTags(tags, desired?.['tags']),
      };
      return {
        physicalId: id,
        props: props as unknown as Props,
        outputs: { vpcLinkId: id },
        ...ownership(tags, owner),
        duplicates: found.duplicates,
      };
    },

    async reconcile(_target, props, live) {
      const { linkName, targetArn, tags } = props as unknown as RestVpcLinkProps;
      if (live) {
        const vpcLinkId = live.physicalId;
        if (live.props['linkName'] !== linkName) {
          const patchOperations = [{ op: 'replace' as const, path: '/name', value: linkName }];
          await gateway.send(new UpdateVpcLinkCommand({ vpcLinkId, patchOperations }));
        }
        const missing = missingTags(live.props['tags'] as Tags, tags);
        if (Object.keys(missing).length > 0) {
          const resourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/vpclinks/${vpcLinkId}`;
          await gateway.send(new TagResourceCommand({ resourceArn, tags: missing }));
        }
        await settled(linkName, vpcLinkId);
        return { ...live, props };
      }
      const { id = '' } = await gateway.send(
        new CreateVpcLinkCommand({ name: linkName, targetArns: [targetArn], tags: { ...tags } }),
      );
      await settled(linkName, id);
      return { physicalId: id, props, outputs: { vpcLinkId: id }, owned: true };
    },

    async remove(target) {
      const vpcLinkId = target.physicalId ?? (await find(target))?.api.id;
      if (vpcLinkId !== undefined) await orAbsent(gateway.send(new DeleteVpcLinkCommand({ vpcLinkId })));
    },

    async discover() {
      // An emulator may not know VPC links: then there are none.
      return ((await orAbsent(list())) ?? []).flatMap(({ name = '', tags = {}, id: physicalId = '' }) => {
        const id = nodeOf(tags, owner);
        return id === undefined ? [] : [{ id, name, physicalId }];
      });
    },
  };
}
