// Where the stage of a REST API stands below a custom domain. Moving it moves traffic, so it waits for the cut-over.
// It goes with its domain.

import {
  type BasePathMapping,
  CreateBasePathMappingCommand,
  type CreateBasePathMappingCommandInput,
  DeleteBasePathMappingCommand,
  GetBasePathMappingCommand,
  UpdateBasePathMappingCommand,
  type UpdateBasePathMappingCommandInput,
} from '@aws-sdk/client-api-gateway';
import type { Kind, Props } from '../engine/kind.ts';
import { type Coverage, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';

export interface BasePathMappingProps {
  readonly domainName: string;
  /** `v1`; empty for the root of the domain. */
  readonly basePath: string;
  readonly apiId: string;
  readonly stage: string;
}

export const basePathMappingInputs = {
  domainName: 'domainName',
  basePath: 'basePath',
  restApiId: 'apiId',
  stage: 'stage',
  domainNameId: unsupported('private domains are not offered'),
  patchOperations: ['apiId', 'stage'],
} satisfies Coverage<CreateBasePathMappingCommandInput & UpdateBasePathMappingCommandInput>;

/** As API Gateway writes an empty base path. */
const root = '(none)';

export function basePathMapping({ aws }: KindContext): Kind {
  const gateway = aws.apiGateway;
  const idOf = (domainName: string, basePath: string): string => `${domainName}/${basePath || root}`;

  return {
    name: 'base-path-mapping',
    title: 'path of custom domain',
    fields: { domainName: 'immutable', basePath: 'immutable', apiId: 'mutable', stage: 'mutable' },
    holdsData: false,
    cutsOver: true,
    retires: false,
    replacement: 'delete-first',

    async read(_target, desired) {
      const { domainName, basePath } = desired as unknown as BasePathMappingProps;
      const found: BasePathMapping | undefined = await orAbsent(
        gateway.send(new GetBasePathMappingCommand({ domainName, basePath: basePath || root })),
      );
      if (!found) return undefined;
      const props = { domainName, basePath, apiId: found.restApiId ?? '', stage: found.stage ?? '' };
      return { physicalId: idOf(domainName, basePath), props, outputs: {}, owned: true };
    },

    async reconcile(_target, props, live) {
      const { domainName, basePath, apiId, stage } = props as unknown as BasePathMappingProps;
      const now = live?.props as Partial<Props> | undefined;
      if (!now) {
        await gateway.send(
          new CreateBasePathMappingCommand({ domainName, restApiId: apiId, stage, ...(basePath && { basePath }) }),
        );
      } else {
        const patchOperations = [
          ...(now['apiId'] === apiId ? [] : [{ op: 'replace' as const, path: '/restapiId', value: apiId }]),
          ...(now['stage'] === stage ? [] : [{ op: 'replace' as const, path: '/stage', value: stage }]),
        ];
        await gateway.send(
          new UpdateBasePathMappingCommand({ domainName, basePath: basePath || root, patchOperations }),
        );
      }
      return { physicalId: idOf(domainName, basePath), props, outputs: {}, owned: true };
    },

    async remove(target) {
      const [domainName = '', ...rest] = (target.physicalId ?? target.name).split('/');
      await orAbsent(gateway.send(new DeleteBasePathMappingCommand({ domainName, basePath: rest.join('/') || root })));
    },

    // Found with its domain.
    discover: async () => [],
  };
}
