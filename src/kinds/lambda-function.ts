// A Lambda function and its published versions. A version's description is the hash of everything that makes it, so
// that "is the desired version published?" is answered by AWS itself. `$LATEST` serves nobody: aliases do.

import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { isNotFound } from '../aws/is-not-found.ts';
import { until } from '../aws/until.ts';
import { RoleTurns, untilRoleReady } from '../aws/until-role-ready.ts';
import { equal } from '../engine/compare.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { requireDeclaredRole } from './declared-role.ts';
import type { KindContext } from './kind-context.ts';
import {
  configurationInput,
  described,
  frozen,
  type LambdaFunctionProps,
  lambdaFunctionFields,
  publicationIn,
  publicationPrefix,
  settingsOf,
} from './lambda-function-props.ts';
import { deleteVersion, isUntouched, publishedVersions, versionsOf } from './lambda-versions.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';
import { reserve } from './reserve-concurrency.ts';

export { type LambdaFunctionProps, publicationPrefix } from './lambda-function-props.ts';

const settleMs = 5 * 60_000;

export function lambdaFunction({ aws, owner, artifact }: KindContext): Kind {
  const turns = new RoleTurns();
  const arnOf = (name: string): string => `arn:${aws.partition}:lambda:${aws.region}:${aws.account}:function:${name}`;

  const roleIsFit = ({ functionName, role }: LambdaFunctionProps): Promise<void> =>
    requireDeclaredRole(aws, owner, functionName, role);

  const describe = async (
    FunctionName: string,
  ): Promise<
    { readonly configuration: FunctionConfiguration; readonly tags: Tags; readonly reserved: number | null } | undefined
  > => {
    try {
      const found = await aws.lambda.send(new GetFunctionCommand({ FunctionName }));
      const reserved = found.Concurrency?.ReservedConcurrentExecutions ?? null;
      return { configuration: found.Configuration ?? {}, tags: found.Tags ?? {}, reserved };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };

  /** A change during another one answers 409: each waits for the one before. */
  const settled = (name: string): Promise<FunctionConfiguration> =>
    until(
      async () => {
        const configuration = (await describe(name))?.configuration;
        const busy = configuration?.State === 'Pending' || configuration?.LastUpdateStatus === 'InProgress';
        return busy ? undefined : configuration;
      },
      { timeoutMs: settleMs, describe: `function ${name} to take its last change` },
    );

  /** Settled, and fit to be published. A failed one may still be changed, which can mend it. */
  const working = async (name: string): Promise<FunctionConfiguration> => {
    const configuration = await settled(name);
    if (configuration.State === 'Failed' || configuration.LastUpdateStatus === 'Failed') {
      throw failed(name, configuration);
    }
    return configuration;
  };

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const found = await describe(target.name);
    if (!found) return undefined;
    const { configuration, tags, reserved } = found;
    const versions = await publishedVersions(aws, target.name);
    const wanted = versions.findLast((version) => version.publication === desired?.['publication']);
    const match = wanted ?? versions.at(-1);
    const props: LambdaFunctionProps = {
      functionName: target.name,
      ...(wanted && isUntouched(configuration, versions) ? frozen(wanted.configuration) : frozen(configuration)),
      publication: match?.publication ?? '',
      reservedConcurrency: reserved,
      tags: managedTags(tags, desired?.['tags']),
    };
    return {
      physicalId: target.name,
      props: props as unknown as Props,
      outputs: { arn: arnOf(target.name), version: match?.version ?? '' },
      revision: configuration.RevisionId,
      ...ownership(tags, owner),
    };
  };

  const create = async (desired: LambdaFunctionProps): Promise<string> => {
    const ZipFile = await artifact(desired.codeSha256);
    const created = await untilRoleReady(
      () =>
        aws.lambda.send(
          new CreateFunctionCommand({
            ...configurationInput(desired),
            Description: described(desired),
            Architectures: [desired.architecture],
            PackageType: 'Zip',
            Code: { ZipFile },
            Publish: true,
            Tags: { ...desired.tags },
          }),
        ),
      { functionName: desired.functionName, turns, refused: () => roleIsFit(desired) },
    );
    await working(desired.functionName);
    return created.Version ?? '';
  };

  const change = async (now: LambdaFunctionProps, desired: LambdaFunctionProps): Promise<void> => {
    const FunctionName = desired.functionName;
    if (!equal(settingsOf(now), settingsOf(desired))) {
      const { RevisionId } = await settled(FunctionName);
      const command = new UpdateFunctionConfigurationCommand({ ...configurationInput(desired), RevisionId });
      // Its role is known, as a rule: it waits for no other function's.
      await untilRoleReady(() => aws.lambda.send(command), {
        functionName: FunctionName,
        refused: () => roleIsFit(desired),
      });
    }
    if (now.codeSha256 !== desired.codeSha256 || now.architecture !== desired.architecture) {
      const ZipFile = await artifact(desired.codeSha256);
      const { RevisionId } = await settled(FunctionName);
      await aws.lambda.send(
        new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Architectures: [desired.architecture], RevisionId }),
      );
    }
    const tags = missingTags(now.tags, desired.tags);
    if (Object.keys(tags).length > 0) {
      await aws.lambda.send(new TagResourceCommand({ Resource: arnOf(FunctionName), Tags: tags }));
    }
  };

  const publish = async (desired: LambdaFunctionProps): Promise<string> => {
    const FunctionName = desired.functionName;
    const ask = async () => {
      const { RevisionId } = await working(FunctionName);
      return aws.lambda.send(
        new PublishVersionCommand({
          FunctionName,
          RevisionId,
          CodeSha256: desired.codeSha256,
          Description: described(desired),
        }),
      );
    };
    const first = await ask();
    if (publicationIn(first.Description ?? '') === desired.publication) return first.Version ?? '';
    // Nothing has changed since a version that somebody else published: Lambda answers with that one. A new
    // description of the function itself counts as a change.
    const Description = described(desired);
    await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
    return (await ask()).Version ?? '';
  };

  return {
    name: 'lambda-function',
    title: 'function',
    fields: lambdaFunctionFields,
    holdsData: false,
    cutsOver: false,
    retires: true,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as LambdaFunctionProps;
      const now = live?.props as unknown as LambdaFunctionProps | undefined;
      let version = now?.publication === desired.publication ? (live?.outputs['version'] ?? '') : '';
      if (!now) version = await create(desired);
      else await change(now, desired);
      if ((now?.reservedConcurrency ?? null) !== desired.reservedConcurrency) {
        await reserve(aws, desired.functionName, desired.reservedConcurrency);
      }
      if (version === '') version = await publish(desired);
      return { physicalId: target.name, props, outputs: { arn: arnOf(target.name), version }, owned: true };
    },

    async remove(target) {
      await orAbsent(aws.lambda.send(new DeleteFunctionCommand({ FunctionName: target.name })));
    },

    async discover(known) {
      const names: string[] = [];
      let Marker: string | undefined;
      do {
        const page = await aws.lambda.send(new ListFunctionsCommand({ ...(Marker && { Marker }) }));
        names.push(...(page.Functions ?? []).flatMap(({ FunctionName }) => FunctionName ?? []));
        Marker = page.NextMarker;
      } while (Marker);
      const prefix = `${owner.project}-${owner.stage}-`;
      const found = await Promise.all(
        names
          .filter((name) => name.startsWith(prefix) && !known?.has(name))
          .map(async (name) => {
            // A list that lags still names what is gone.
            const tags = await orAbsent(aws.lambda.send(new ListTagsCommand({ Resource: arnOf(name) })));
            return { name, id: nodeOf(tags?.Tags ?? {}, owner) };
          }),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },

    async prune(target, keep) {
      const aliases = keep.filter((props) => props['functionName'] === target.name);
      const used = new Set(
        aliases.flatMap(({ publication, weights }) => [publication, ...Object.keys((weights ?? {}) as Props)]),
      );
      const { published, latest } = await versionsOf(aws, target.name);
      for (const one of published) {
        const { version, publication } = one;
        // Versions that somebody else published are not ours to delete; nor is one that an alias still serves.
        if (used.has(publication) || !publication.startsWith(publicationPrefix)) continue;
        // By this one `$LATEST` is known to be untouched.
        if (latest && isUntouched(latest, [one])) continue;
        await deleteVersion(aws, target.name, version);
      }
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
const failed = (name: string, { StateReason, LastUpdateStatusReason }: FunctionConfiguration): ApigenError =>
  new ApigenError({
    code: 'FUNCTION_FAILED',
    summary: `Lambda could not set up function ${name}`,
    detail: LastUpdateStatusReason ?? StateReason,
    hint: 'put right what it names, then apigen deploy',
  });
