// The definition of a REST API: its routes in the working copy, and the immutable deployment that holds them. The
// deployment's description is the hash of the whole definition: a stage is current only when it points at that one.

import {
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  type CreateResourceCommandInput,
  DeleteDeploymentCommand,
  GetDeploymentsCommand,
  type PutIntegrationCommandInput,
  type PutIntegrationResponseCommandInput,
  type PutMethodCommandInput,
  type PutMethodResponseCommandInput,
} from '@aws-sdk/client-api-gateway';
import { isNotFound } from '../aws/is-not-found.ts';
import { equal } from '../engine/compare.ts';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { isOurs, methodFrom, type RestMethodProps } from './rest-method.ts';
import { putWhole } from './rest-whole.ts';
import {
  deleteMethod,
  deleteResource,
  ensureResource,
  pathsTo,
  putMethod,
  readWorkingCopy,
  type WorkingCopy,
} from './rest-working-copy.ts';

export interface RestDefinitionProps {
  readonly apiId: string;
  /** By `GET /path`. */
  readonly methods: Readonly<Record<string, RestMethodProps>>;
  /** The hash of the definition: the description of the deployment that holds it. */
  readonly snapshot: string;
}

export const restDefinitionInputs = {
  restApiId: 'apiId',
  parentId: 'methods',
  pathPart: 'methods',
  resourceId: 'methods',
  httpMethod: 'methods',
  authorizationType: 'methods',
  apiKeyRequired: 'methods',
  requestParameters: 'methods',
  requestModels: 'methods',
  operationName: fixed('marks a method as ours'),
  type: 'methods',
  integrationHttpMethod: 'methods',
  uri: 'methods',
  passthroughBehavior: 'methods',
  contentHandling: 'methods',
  timeoutInMillis: 'methods',
  requestTemplates: 'methods',
  statusCode: 'methods',
  responseParameters: 'methods',
  responseModels: 'methods',
  selectionPattern: 'methods',
  responseTemplates: 'methods',
  description: 'snapshot',
  authorizerId: unsupported('authorizers are not offered yet'),
  authorizationScopes: unsupported('authorizers are not offered yet'),
  requestValidatorId: unsupported('request validation is not offered yet'),
  connectionType: unsupported('VPC links are not offered yet'),
  connectionId: unsupported('VPC links are not offered yet'),
  integrationTarget: unsupported('VPC links are not offered yet'),
  tlsConfig: unsupported('HTTP backends are not offered yet'),
  credentials: unsupported('AWS service integrations are not offered yet'),
  cacheNamespace: unsupported('caching is not offered yet'),
  cacheKeyParameters: unsupported('caching is not offered yet'),
  responseTransferMode: unsupported('response streaming is not offered yet'),
  stageName: fixed('none: a stage is a node of its own'),
  stageDescription: fixed('none: a stage is a node of its own'),
  cacheClusterEnabled: fixed('none: a stage is a node of its own'),
  cacheClusterSize: fixed('none: a stage is a node of its own'),
  variables: fixed('none: a stage is a node of its own'),
  canarySettings: fixed('none: a stage is a node of its own'),
  tracingEnabled: fixed('none: a stage is a node of its own'),
} satisfies Coverage<
  CreateResourceCommandInput &
    PutMethodCommandInput &
    PutIntegrationCommandInput &
    PutMethodResponseCommandInput &
    PutIntegrationResponseCommandInput &
    CreateDeploymentCommandInput
>;

/** Marks the description of a deployment as ours. */
export const snapshotPrefix = 'apigen:';

/** Calls on one API at a time; API Gateway refuses concurrent changes of one method, and paces to 10 a second anyway. */
const parallelMethods = 3;

export function restDefinition({ aws }: KindContext): Kind {
  const gateway = aws.apiGateway;

  const deployments = async (
    restApiId: string,
  ): Promise<readonly { id: string; snapshot: string; created: number }[]> => {
    const all: { id: string; snapshot: string; created: number }[] = [];
    let position: string | undefined;
    do {
      const page = await gateway.send(
        new GetDeploymentsCommand({ restApiId, limit: 500, ...(position && { position }) }),
      );
      for (const { id = '', description = '', createdDate } of page.items ?? []) {
        all.push({ id, snapshot: description, created: createdDate?.getTime() ?? 0 });
      }
      position = page.position;
    } while (position);
    return all.sort((a, b) => a.created - b.created);
  };

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const apiId = String(desired?.['apiId'] ?? '');
    const wanted = desired as unknown as RestDefinitionProps;
    const found = await orAbsent(Promise.all([readWorkingCopy(aws, apiId), deployments(apiId)]));
    if (!found) return undefined;
    const [copy, snapshots] = found;
    const mine = [...copy.methods].filter(([key, method]) => key in wanted.methods || isOurs(method));
    const others = [...copy.methods.keys()].filter((key) => !mine.some(([known]) => known === key));
    const match = snapshots.findLast((item) => item.snapshot === wanted.snapshot) ?? snapshots.at(-1);
    if (mine.length === 0 && !match) return undefined;
    const props = {
      apiId,
      methods: Object.fromEntries(mine.map(([key, method]) => [key, methodFrom(method, wanted.methods[key])])),
      snapshot: match?.snapshot ?? '',
    };
    return {
      physicalId: apiId,
      props: props as unknown as Props,
      outputs: { deploymentId: match?.id ?? '' },
      owned: true,
      unknownChildren: others.map((key) => `method ${key}`),
    };
  };

  const converge = async (desired: RestDefinitionProps): Promise<void> => {
    const found = await readWorkingCopy(aws, desired.apiId);
    const whole = await putWhole(aws, desired.apiId, desired.methods, found);
    const copy = whole ? await readWorkingCopy(aws, desired.apiId) : found;
    const ids = new Map([...copy.resources].map(([path, resource]) => [path, resource.id ?? '']));
    // One at a time, since paths share their beginnings; methods follow while the next path is made.
    let path = Promise.resolve('');
    const reach = (wanted: string): Promise<string> => {
      path = path.then(() => ensureResource(aws, desired.apiId, wanted, ids));
      return path;
    };
    await inParallel(Object.entries(desired.methods), parallelMethods, async ([key, method]) => {
      const [httpMethod = '', wanted = ''] = key.split(' ');
      const resourceId = await reach(wanted);
      const live = copy.methods.get(key);
      const now = live && methodFrom(live, method);
      if (now && equal(now as unknown as Json, method as unknown as Json)) return;
      await putMethod(aws, { restApiId: desired.apiId, resourceId, httpMethod, key }, now, method);
    });
    await clear(desired, copy);
  };

  /** Removes our methods that left the source, then resources that serve nothing any more, leaves first. */
  const clear = async (desired: RestDefinitionProps, copy: WorkingCopy): Promise<void> => {
    const left = new Map(copy.methods);
    for (const [key, method] of copy.methods) {
      if (key in desired.methods || !isOurs(method)) continue;
      const [httpMethod = '', path = ''] = key.split(' ');
      await deleteMethod(aws, desired.apiId, copy.resources.get(path)?.id ?? '', httpMethod);
      left.delete(key);
    }
    const needed = new Set(
      [...pathsOf(desired), ...[...left.keys()].map((key) => key.split(' ')[1] ?? '')].flatMap(pathsTo),
    );
    const idle = [...copy.resources.keys()].filter((path) => !needed.has(path)).sort((a, b) => b.length - a.length);
    for (const path of idle) await deleteResource(aws, desired.apiId, copy.resources.get(path)?.id ?? '');
  };

  return {
    name: 'rest-definition',
    title: 'routes of REST API',
    fields: { apiId: 'immutable', methods: 'mutable', snapshot: 'mutable' },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as RestDefinitionProps;
      if (!live || !equal(live.props['methods'], props['methods'])) await converge(desired);
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

const pathsOf = (desired: RestDefinitionProps): readonly string[] => [
  ...new Set(Object.keys(desired.methods).map((key) => key.split(' ')[1] ?? '')),
];

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, queue.length) }, worker));
}
