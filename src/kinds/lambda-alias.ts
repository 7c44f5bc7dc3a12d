// The alias through which one API version calls a function: what moves at the cut-over. Its content is named by the
// hash of the published version, so that a plan knows before anything is published whether it will move.

import {
  type AliasConfiguration,
  CreateAliasCommand,
  type CreateAliasCommandInput,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
} from '@aws-sdk/client-lambda';
import { isNotFound } from '../aws/is-not-found.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { type Coverage, fixed } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { publicationIn } from './lambda-function-props.ts';
import { publishedVersions } from './lambda-versions.ts';

export interface LambdaAliasProps {
  readonly functionName: string;
  readonly aliasName: string;
  /** The hash of the version it serves. */
  readonly publication: string;
  /** Its number, minted by Lambda. */
  readonly version: string;
  /** Publication → share of the traffic from 0 to 1, besides the version above; empty: all to that. */
  readonly weights: Readonly<Record<string, number>>;
}

export const lambdaAliasInputs = {
  FunctionName: 'functionName',
  Name: 'aliasName',
  FunctionVersion: ['publication', 'version'],
  Description: fixed('none: its function carries the tags'),
  RoutingConfig: 'weights',
  RevisionId: fixed('guards each update'),
} satisfies Coverage<CreateAliasCommandInput & UpdateAliasCommandInput>;

export function lambdaAlias({ aws }: KindContext): Kind {
  const find = async (FunctionName: string, Name: string): Promise<AliasConfiguration | undefined> => {
    try {
      return await aws.lambda.send(new GetAliasCommand({ FunctionName, Name }));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  const publicationOf = async (FunctionName: string, Qualifier: string): Promise<string> => {
    const found = await aws.lambda.send(new GetFunctionCommand({ FunctionName, Qualifier }));
    return publicationIn(found.Configuration?.Description ?? '');
  };
  const versionOf = async (functionName: string, publication: string): Promise<string> => {
    const versions = await publishedVersions(aws, functionName);
    const found = versions.findLast((version) => version.publication === publication);
    if (found) return found.version;
    throw new ApigenError({
      code: 'VERSION_GONE',
      summary: `Function ${functionName} has no published version ${publication}`,
      detail: 'It was deleted outside apigen.',
      hint: 'apigen deploy    (publishes it again from source)',
    });
  };

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const [functionName = '', aliasName = ''] = desired
      ? [String(desired['functionName']), String(desired['aliasName'])]
      : (target.physicalId ?? '').split(':');
    const alias = await find(functionName, aliasName);
    if (!alias) return undefined;
    const version = alias.FunctionVersion ?? '';
    const weighted = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
    const weights = await Promise.all(
      weighted.map(async ([number, share]) => [await publicationOf(functionName, number), share] as const),
    );
    const publication = await publicationOf(functionName, version);
    return {
      physicalId: `${functionName}:${aliasName}`,
      props: { functionName, aliasName, publication, version, weights: Object.fromEntries(weights) },
      outputs: { version },
      revision: alias.RevisionId,
      // An alias has no tags: it belongs to whom its function belongs, which was asked before.
      owned: true,
    };
  };

  return {
    name: 'lambda-alias',
    title: 'alias',
    fields: {
      functionName: 'immutable',
      aliasName: 'immutable',
      publication: 'mutable',
      version: 'carried',
      weights: 'mutable',
    },
    holdsData: false,
    cutsOver: true,
    retires: true,
    replacement: 'create-first',
    read,

    async reconcile(_target, props, live) {
      const { functionName: FunctionName, aliasName: Name, ...desired } = props as unknown as LambdaAliasProps;
      const FunctionVersion = desired.version || (await versionOf(FunctionName, desired.publication));
      const weights = await Promise.all(
        Object.entries(desired.weights).map(
          async ([publication, share]) => [await versionOf(FunctionName, publication), share] as const,
        ),
      );
      const RoutingConfig = { AdditionalVersionWeights: Object.fromEntries(weights) };
      const alias = live
        ? await aws.lambda.send(
            new UpdateAliasCommand({ FunctionName, Name, FunctionVersion, RoutingConfig, RevisionId: live.revision }),
          )
        : await aws.lambda.send(
            new CreateAliasCommand({
              FunctionName,
              Name,
              FunctionVersion,
              ...(weights.length > 0 && { RoutingConfig }),
            }),
          );
      return {
        physicalId: `${FunctionName}:${Name}`,
        props: { ...props, version: FunctionVersion },
        outputs: { version: FunctionVersion },
        revision: alias.RevisionId,
        owned: true,
      };
    },

    async remove(target) {
      const [FunctionName = '', Name = ''] = (target.physicalId ?? target.name).split(':');
      try {
        await aws.lambda.send(new DeleteAliasCommand({ FunctionName, Name }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },

    weigh(live, desired, share) {
      const { publication } = desired;
      if (live['publication'] === publication) return { ...desired, weights: {} };
      return { ...live, weights: { [String(publication)]: share } };
    },

    // Found with its function.
    discover: async () => [],
  };
}
