// The definition of an HTTP or WebSocket API: its authorizers, models, integrations and routes in the working copy, and
// the immutable deployment that holds them. The deployment's description is the hash of the whole definition.

import {
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  type Deployment,
  GetDeploymentsCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { contentFrom, isOurRoute, type V2Content } from './v2-content.ts';
import { converge } from './v2-converge.ts';
import { everyPage } from './v2-pages.ts';
import { keyPrefix, type V2Protocol } from './v2-protocol.ts';
import { readWorkingCopy } from './v2-working-copy.ts';

export interface V2DefinitionProps extends V2Content {
  readonly apiId: string;
  /** The hash of the definition: the description of the deployment that holds it. */
  readonly snapshot: string;
}

interface V2DefinitionKind {
  readonly name: string;
  readonly title: string;
  readonly protocol: V2Protocol;
}

const empty: V2Content = { authorizers: {}, models: {}, integrations: {}, routes: {} };

export function v2Definition({ aws }: KindContext, { name, title, protocol }: V2DefinitionKind): Kind {
  const gateway = aws.apiGatewayV2;

  const deployments = async (ApiId: string): Promise<readonly Deployment[]> => {
    const all = await everyPage<Deployment>((more) => gateway.send(new GetDeploymentsCommand({ ApiId, ...more })));
    return [...all].sort((a, b) => (a.CreatedDate?.getTime() ?? 0) - (b.CreatedDate?.getTime() ?? 0));
  };
  /** HTTP APIs have no models: props may do without. */
  const contentOf = (props: Props): V2Content => ({ ...empty, ...(props as unknown as Partial<V2Content>) });
  const fieldsOf = ({ models, ...others }: V2Content): Partial<V2Content> =>
    protocol === 'WEBSOCKET' ? { models, ...others } : others;

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const apiId = String(desired?.['apiId'] ?? '');
    const wanted = contentOf(desired ?? {});
    const snapshot = desired?.['snapshot'];
    const found = await orAbsent(
      Promise.all([readWorkingCopy(aws, apiId, protocol, wanted, false), deployments(apiId)]),
    );
    if (!found) return undefined;
    const [copy, snapshots] = found;
    const content = contentFrom(copy, protocol, wanted);
    const match = snapshots.findLast((item) => item.Description === snapshot) ?? snapshots.at(-1);
    if (Object.values(content).every((part) => Object.keys(part).length === 0) && !match) return undefined;
    const others = [...copy.routes].filter(([key, route]) => !isOurRoute(wanted, key, route));
    return {
      physicalId: apiId,
      props: { apiId, ...fieldsOf(content), snapshot: match?.Description ?? '' } as unknown as Props,
      outputs: { deploymentId: match?.DeploymentId ?? '' },
      owned: true,
      unknownChildren: [...others.map(([key]) => `route ${key}`), ...copy.strangers],
    };
  };

  return {
    name,
    title,
    fields: {
      apiId: 'immutable',
      authorizers: 'mutable',
      ...(protocol === 'WEBSOCKET' && { models: 'mutable' }),
      integrations: 'mutable',
      routes: 'mutable',
      snapshot: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',
    read,

    async reconcile(_target, props) {
      const { apiId: ApiId, snapshot } = props as unknown as V2DefinitionProps;
      await converge({ aws, ApiId, protocol }, contentOf(props));
      const existing = (await deployments(ApiId)).findLast((item) => item.Description === snapshot);
      const made = existing ?? (await gateway.send(new CreateDeploymentCommand({ ApiId, Description: snapshot })));
      return { physicalId: ApiId, props, outputs: { deploymentId: made.DeploymentId ?? '' }, owned: true };
    },

    // It goes with its API, and never without it.
    remove: async () => undefined,
    discover: async () => [],

    async prune(target, keep) {
      const ApiId = target.physicalId ?? '';
      const used = new Set(keep.filter((props) => props['apiId'] === ApiId).map((props) => props['snapshot']));
      for (const { DeploymentId, Description = '' } of await deployments(ApiId)) {
        if (used.has(Description) || !Description.startsWith(keyPrefix)) continue;
        try {
          await orAbsent(gateway.send(new DeleteDeploymentCommand({ ApiId, DeploymentId })));
        } catch (error) {
          // A stage that somebody else made may point at it: then it stays.
          if (!(error instanceof ApigenError && error.aws?.status === 400)) throw error;
        }
      }
    },
  };
}
