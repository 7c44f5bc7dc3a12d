// A VPC link of HTTP APIs: network interfaces in subnets, by which an API reaches private load balancers and services.
// AWS mints the id and holds names not unique, so it is found by its node tag before one is created.

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
} from '@aws-sdk/client-apigatewayv2';
import type { Kind, Props, Target } from '../engine/kind.ts';
import { foundByTag } from './api-lookup.ts';
import { type Coverage, fixed } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';
import { everyPage } from './v2-pages.ts';
import { untilAvailable } from './vpc-link-wait.ts';

export interface VpcLinkProps {
  readonly linkName: string;
  /** Sorted. */
  readonly subnets: readonly string[];
  /** Sorted. */
  readonly securityGroups: readonly string[];
  readonly tags: Tags;
}

export const vpcLinkInputs = {
  Name: 'linkName',
  SubnetIds: 'subnets',
  SecurityGroupIds: 'securityGroups',
  Tags: 'tags',
  VpcLinkId: fixed('minted by API Gateway'),
} satisfies Coverage<CreateVpcLinkCommandInput & UpdateVpcLinkCommandInput>;

export function vpcLink({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGatewayV2;
  const list = () => everyPage<VpcLink>((more) => gateway.send(new GetVpcLinksCommand(more)));
  const get = (VpcLinkId: string) => orAbsent(gateway.send(new GetVpcLinkCommand({ VpcLinkId })) as Promise<VpcLink>);

  const find = async (target: Target) => {
    const recorded = target.physicalId ? await get(target.physicalId) : undefined;
    if (recorded) return { link: recorded, duplicates: [] };
    const ids = (await list()).map((link) => ({ ...link, id: link.VpcLinkId }));
    const found = foundByTag(ids, target.id, owner, (link) => ({ tags: link.Tags ?? {}, created: link.CreatedDate }));
    return found && { link: found.api, duplicates: found.duplicates };
  };
  const settled = (name: string, id: string): Promise<void> =>
    untilAvailable(name, async () => {
      const link = await get(id);
      return { status: link?.VpcLinkStatus, message: link?.VpcLinkStatusMessage };
    });

  return {
    name: 'vpc-link',
    title: 'VPC link',
    fields: { linkName: 'mutable', subnets: 'immutable', securityGroups: 'immutable', tags: 'mutable' },
    holdsData: false,
    cutsOver: false,
    // A kept release's deployment may lead by it.
    retires: true,
    replacement: 'create-first',

    async read(target, desired) {
      const found = await find(target);
      if (!found) return undefined;
      const { link, duplicates } = found;
      const id = link.VpcLinkId ?? '';
      const props: VpcLinkProps = {
        linkName: link.Name ?? '',
        subnets: [...(link.SubnetIds ?? [])].sort(),
        securityGroups: [...(link.SecurityGroupIds ?? [])].sort(),
        tags: managedTags(link.Tags ?? {}, desired?.['tags']),
      };
      return {
        physicalId: id,
        props: props as unknown as Props,
        outputs: { vpcLinkId: id },
        ...ownership(link.Tags ?? {}, owner),
        duplicates,
      };
    },

    async reconcile(_target, props, live) {
      const { linkName: Name, subnets, securityGroups, tags } = props as unknown as VpcLinkProps;
      if (live) {
        const VpcLinkId = live.physicalId;
        if (live.props['linkName'] !== Name) await gateway.send(new UpdateVpcLinkCommand({ VpcLinkId, Name }));
        const missing = missingTags(live.props['tags'] as Tags, tags);
        if (Object.keys(missing).length > 0) {
          const ResourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/vpclinks/${VpcLinkId}`;
          await gateway.send(new TagResourceCommand({ ResourceArn, Tags: missing }));
        }
        await settled(Name, VpcLinkId);
        return { ...live, props };
      }
      const { VpcLinkId = '' } = await gateway.send(
        new CreateVpcLinkCommand({
          Name,
          SubnetIds: [...subnets],
          SecurityGroupIds: [...securityGroups],
          Tags: { ...tags },
        }),
      );
      await settled(Name, VpcLinkId);
      return { physicalId: VpcLinkId, props, outputs: { vpcLinkId: VpcLinkId }, owned: true };
    },

    async remove(target) {
      const VpcLinkId = target.physicalId ?? (await find(target))?.link.VpcLinkId;
      if (VpcLinkId !== undefined) await orAbsent(gateway.send(new DeleteVpcLinkCommand({ VpcLinkId })));
    },

    async discover() {
      // An emulator may not know VPC links: then there are none.
      return ((await orAbsent(list())) ?? []).flatMap(({ Name = '', Tags = {}, VpcLinkId = '' }) => {
        const id = nodeOf(Tags, owner);
        return id === undefined ? [] : [{ id, name: Name, physicalId: VpcLinkId }];
      });
    },
  };
}
