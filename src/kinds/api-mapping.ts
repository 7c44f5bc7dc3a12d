// A path of a custom domain that leads to a stage of an API, whatever the API's type. It cannot carry tags: the path of
// a domain of ours is ours. Pointing it elsewhere moves traffic.

import {
  type ApiMapping,
  CreateApiMappingCommand,
  type CreateApiMappingCommandInput,
  DeleteApiMappingCommand,
  GetApiMappingsCommand,
  UpdateApiMappingCommand,
  type UpdateApiMappingCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import type { Kind, Props } from '../engine/kind.ts';
import { type Coverage, fixed } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { everyPage } from './v2-pages.ts';

export interface ApiMappingProps {
  readonly domainName: string;
  /** `shop/v1`; empty: the root of the domain. */
  readonly mappingKey: string;
  readonly apiId: string;
  readonly stageName: string;
}

export const apiMappingInputs = {
  DomainName: 'domainName',
  ApiMappingKey: 'mappingKey',
  ApiId: 'apiId',
  Stage: 'stageName',
  ApiMappingId: fixed('minted by API Gateway'),
} satisfies Coverage<CreateApiMappingCommandInput & UpdateApiMappingCommandInput>;

export function apiMapping({ aws }: KindContext): Kind {
  const gateway = aws.apiGatewayV2;
  const find = async (DomainName: string, key: string): Promise<ApiMapping | undefined> => {
    const all = await orAbsent(
      everyPage<ApiMapping>((more) => gateway.send(new GetApiMappingsCommand({ DomainName, ...more }))),
    );
    return all?.find(({ ApiMappingKey = '' }) => ApiMappingKey === key);
  };

  return {
    name: 'api-mapping',
    title: 'path of custom domain',
    fields: { domainName: 'immutable', mappingKey: 'immutable', apiId: 'mutable', stageName: 'mutable' },
    holdsData: false,
    cutsOver: true,
    retires: false,
    replacement: 'delete-first',

    async read(_target, desired) {
      const { domainName, mappingKey } = desired as unknown as ApiMappingProps;
      const found = await find(domainName, mappingKey);
      if (!found) return undefined;
      const props: ApiMappingProps = {
        domainName,
        mappingKey,
        apiId: found.ApiId ?? '',
        stageName: found.Stage ?? '',
      };
      return { physicalId: `${domainName}/${mappingKey}`, props: props as unknown as Props, outputs: {}, owned: true };
    },

    async reconcile(_target, props, live) {
      const {
        domainName: DomainName,
        mappingKey,
        apiId: ApiId,
        stageName: Stage,
      } = props as unknown as ApiMappingProps;
      const found = live && (await find(DomainName, mappingKey));
      if (found) {
        const { ApiMappingId } = found;
        await gateway.send(new UpdateApiMappingCommand({ DomainName, ApiMappingId, ApiId, Stage }));
      } else {
        const path = mappingKey && { ApiMappingKey: mappingKey };
        await gateway.send(new CreateApiMappingCommand({ DomainName, ApiId, Stage, ...path }));
      }
      return { physicalId: `${DomainName}/${mappingKey}`, props, outputs: {}, owned: true };
    },

    async remove(target) {
      const [DomainName = '', ...path] = (target.physicalId ?? target.name).split('/');
      const found = await find(DomainName, path.join('/'));
      if (!found) return;
      await orAbsent(gateway.send(new DeleteApiMappingCommand({ DomainName, ApiMappingId: found.ApiMappingId })));
    },

    // Found with its domain.
    discover: async () => [],
  };
}
