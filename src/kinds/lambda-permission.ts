// The right of one API to call one function through one alias: a single statement with a fixed id, whatever the
// number of routes (a statement per route overflows the 20,480 bytes of a resource policy). A grant on the function
// itself would not hold for its alias.

import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  GetPolicyCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { isNotFound } from '../aws/is-not-found.ts';
import { until } from '../aws/until.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';

export interface LambdaPermissionProps {
  readonly functionName: string;
  readonly aliasName: string;
  readonly statementId: string;
  readonly principal: string;
  /** '' for a topic or a schedule, whose ARN is {@link sourceArnPrefix} as it stands. */
  readonly apiId: string;
  /** `arn:aws:execute-api:eu-west-1:123456789012:`; the API's id and any stage, method and path follow. */
  readonly sourceArnPrefix: string;
}

export const lambdaPermissionInputs = {
  FunctionName: 'functionName',
  Qualifier: 'aliasName',
  StatementId: 'statementId',
  Principal: 'principal',
  SourceArn: ['sourceArnPrefix', 'apiId'],
  Action: fixed('lambda:InvokeFunction'),
  SourceAccount: unsupported('the source ARN names the account'),
  EventSourceToken: unsupported('for Alexa'),
  RevisionId: unsupported('a fixed statement id cannot be added twice'),
  PrincipalOrgID: unsupported('the source ARN names one API'),
  FunctionUrlAuthType: unsupported('for function URLs'),
  InvokedViaFunctionUrl: unsupported('for function URLs'),
} satisfies Coverage<AddPermissionCommandInput>;

interface PolicyStatement {
  readonly Sid?: string;
  readonly Principal?: string | { readonly Service?: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function lambdaPermission({ aws }: KindContext): Kind {
  const find = async (props: LambdaPermissionProps): Promise<PolicyStatement | undefined> => {
    try {
      const { Policy } = await aws.lambda.send(
        new GetPolicyCommand({ FunctionName: props.functionName, Qualifier: props.aliasName }),
      );
      const { Statement = [] } = JSON.parse(Policy ?? '{}') as { Statement?: readonly PolicyStatement[] };
      return Statement.find((statement) => statement.Sid === props.statementId);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  const idOf = (props: LambdaPermissionProps): string =>
    `${props.functionName}:${props.aliasName}:${props.statementId}`;

  /** Two changes of one function's policy at once refuse each other: the refused one goes again. */
  const retried = async (send: () => Promise<unknown>): Promise<void> => {
    await until(
      async () => {
        try {
          await send();
          return true;
        } catch (error) {
          const clash = error instanceof ApigenError && clashes.has(error.aws?.name ?? '');
          if (clash) return undefined;
          throw error;
        }
      },
      { timeoutMs: 30_000, describe: 'another change of the same function policy' },
    );
  };

  const remove = async (props: Pick<LambdaPermissionProps, 'functionName' | 'aliasName' | 'statementId'>) => {
    const input = { FunctionName: props.functionName, Qualifier: props.aliasName, StatementId: props.statementId };
    try {
      await retried(() => aws.lambda.send(new RemovePermissionCommand(input)));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  };

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    if (!desired) return undefined;
    const wanted = desired as unknown as LambdaPermissionProps;
    const statement = await find(wanted);
    if (!statement) return undefined;
    const { Principal, Condition } = statement;
    const props: LambdaPermissionProps = {
      ...wanted,
      principal: typeof Principal === 'string' ? Principal : (Principal?.Service ?? ''),
      ...sourceOf(Condition?.['ArnLike']?.['AWS:SourceArn'] ?? Condition?.['ArnLike']?.['aws:SourceArn'] ?? ''),
    };
    return { physicalId: idOf(wanted), props: props as unknown as Props, outputs: {}, owned: true };
  };

  return {
    name: 'lambda-permission',
    title: 'invoke permission',
    fields: {
      functionName: 'immutable',
      aliasName: 'immutable',
      statementId: 'immutable',
      principal: 'mutable',
      apiId: 'mutable',
      sourceArnPrefix: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: true,
    replacement: 'create-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as LambdaPermissionProps;
      if (live) await remove(desired);
      await retried(() =>
        aws.lambda.send(
          new AddPermissionCommand({
            FunctionName: desired.functionName,
            Qualifier: desired.aliasName,
            StatementId: desired.statementId,
            Action: 'lambda:InvokeFunction',
            Principal: desired.principal,
            SourceArn: desired.apiId === '' ? desired.sourceArnPrefix : `${desired.sourceArnPrefix}${desired.apiId}/*`,
          }),
        ),
      );
      return { physicalId: idOf(desired), props, outputs: {}, owned: true };
    },

    async remove(target) {
      const [functionName = '', aliasName = '', statementId = ''] = (target.physicalId ?? target.name).split(':');
      await remove({ functionName, aliasName, statementId });
    },

    // Found with its function.
    discover: async () => [],
  };
}

/** A source ARN of another form (one stage, one route) reads as one that differs. */
function sourceOf(arn: string): Pick<LambdaPermissionProps, 'apiId' | 'sourceArnPrefix'> {
  const match = /^(.*:)([^:/]+)\/\*$/.exec(arn);
  return { sourceArnPrefix: match?.[1] ?? arn, apiId: match?.[2] ?? '' };
}

const clashes = new Set(['PreconditionFailedException']);
