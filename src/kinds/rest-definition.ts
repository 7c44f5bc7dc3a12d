// The definition of a REST API: its routes in the working copy, and the immutable deployment that holds them. The
// deployment's description is the hash of the whole definition: a stage is current only when it points at that one.

import {
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  type Deployment,
  GetDeploymentsCommand,
} from '@aws-sdk/client-api-gateway';
import { isNotFound } from '../aws/is-not-found.ts';
import { equal } from '../engine/compare.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import {
  contentFields,
  liveMethod,
  managedParts,
  type RestContent,
  readContent,
  unknownParts,
} from './rest-content.ts';
import { convergeContent } from './rest-converge.ts';
import { isOurs } from './rest-method.ts';
import { everyPage } from './rest-part.ts';

export interface RestDefinitionProps extends RestContent {
  readonly apiId: string;
  /** The hash of the definition: the description of the deployment that holds it. */
  readonly snapshot: string;
}

/** Marks the description of a deployment as ours. */
export const snapshotPrefix = 'apigen:';

export function restDefinition({ aws }: KindContext): Kind {
  const gateway = aws.apiGateway;

  const deployments = async (
    restApiId: string,
  ): Promise<readonly { id: string; snapshot: string; created: number }[]> => {
    const pages = await everyPage<Deployment>((position) =>
      gateway.send(new GetDeploymentsCommand({ restApiId, limit: 500, ...position })),
    );
    const all = pages.map(({ id = '', description = '', createdDate }) => ({
      id,
      snapshot: description,
      created: createdDate?.getTime() ?? 0,
    }));
    return all.sort((a, b) => a.created - b.created);
  };

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const apiId = String(desired?.['apiId'] ?? '');
    const wanted = desired as unknown as RestDefinitionProps;
    const found = await orAbsent(Promise.all([readContent(aws, apiId), deployments(apiId)]));
    if (!found) return undefined;
    const [content, snapshots] = found;
    const mine = [...content.copy.methods].filter(([key, method]) => key in wanted.methods || isOurs(method));
    const others = [...content.copy.methods.keys()].filter((key) => !mine.some(([known]) => known === key));
    const match = snapshots.findLast((item) => item.snapshot === wanted.snapshot) ?? snapshots.at(-1);
    if (mine.length === 0 && !match) return undefined;
    const props = {
      apiId,
      methods: Object.fromEntries(mine.map(([key]) => [key, liveMethod(content, key, wanted.methods[key])])),
      ...managedParts(content, wanted),
      snapshot: match?.snapshot ?? '',
    };
    return {
      physicalId: apiId,
      props: props as unknown as Props,
      outputs: { deploymentId: match?.id ?? '' },
      owned: true,
      unknownChildren: [...others.map((key) => `method ${key}`), ...unknownParts(content, wanted)],
    };
  };

  return {
    name: 'rest-definition',
    title: 'routes of REST API',
    fields: {
      apiId: 'immutable',
      methods: 'mutable',
      authorizers: 'mutable',
      validators: 'mutable',
      models: 'mutable',
      gatewayResponses: 'mutable',
      snapshot: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as RestDefinitionProps;
      const differs = !live || contentFields.some((field) => !equal(live.props[field], props[field]));
      if (differs) await convergeContent(aws, desired.apiId, desired);
      const existing = (await deployments(desired.apiId)).findLast((item) => item.snapshot === desired.snapshot);
      const deploymentId =
        existing?.id ??
        (await gateway.send(new CreateDeploymentCommand({ restApiId: desired.apiId, description: desired.snapshot })))
          .id ??
        '';
      return { physicalId: desired.apiId, props, outputs: { deploymentId }, owned: true };
    },

    // It goes with its API, and never without it.
    remove: async () => undefined,
    discover: async () => [],

    async prune(target, keep) {
      const apiId = target.physicalId ?? '';
      const used = new Set(keep.filter((props) => props['apiId'] === apiId).map((props) => props['snapshot']));
      for (const { id, snapshot } of await deployments(apiId)) {
        if (used.has(snapshot) || !snapshot.startsWith(snapshotPrefix)) continue;
        try {
          await gateway.send(new DeleteDeploymentCommand({ restApiId: apiId, deploymentId: id }));
        } catch (error) {
          // A stage that somebody else made may point at it: then it stays.
          const pointedAt = error instanceof ApigenError && error.aws?.name === 'BadRequestException';
          if (!pointedAt && !isNotFound(error)) throw error;
        }
      }
    },
  };
}
