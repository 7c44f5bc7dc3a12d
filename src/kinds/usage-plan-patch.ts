// A usage plan as props, what UpdateUsagePlan is told so that one becomes another, and where every field of the SDK's
// inputs stands. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateUsagePlan-Patch

import type {
  CreateUsagePlanCommandInput,
  PatchOperation,
  UpdateUsagePlanCommandInput,
} from '@aws-sdk/client-api-gateway';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import type { Throttle } from './account-throttle.ts';
import { type Coverage, fixed } from './coverage.ts';
import type { Tags } from './ownership.ts';
import { cover, stageKey, uncover } from './usage-plan-stages.ts';

export interface UsagePlanProps {
  readonly planName: string;
  readonly description: string;
  readonly throttle: Throttle | null;
  readonly quota: UsagePlanQuota | null;
  readonly stages: readonly UsagePlanStage[];
  readonly tags: Tags;
}

export interface UsagePlanQuota {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
  /** Requests taken off the first period. */
  readonly offset: number;
}

export interface UsagePlanStage {
  readonly apiId: string;
  readonly stage: string;
  /** By `/products/{id}/GET`. */
  readonly throttles: Readonly<Record<string, Throttle>>;
}

export const usagePlanInputs = {
  name: 'planName',
  description: 'description',
  apiStages: 'stages',
  throttle: 'throttle',
  quota: 'quota',
  tags: 'tags',
  usagePlanId: fixed('minted by API Gateway'),
  patchOperations: ['planName', 'description', 'throttle', 'quota', 'stages'],
} satisfies Coverage<CreateUsagePlanCommandInput & UpdateUsagePlanCommandInput>;

export function usagePlanPatch(now: UsagePlanProps, desired: UsagePlanProps): PatchOperation[] {
  return [
    ...(now.planName === desired.planName ? [] : [{ op: 'replace' as const, path: '/name', value: desired.planName }]),
    ...(now.description === desired.description
      ? []
      : [{ op: 'replace' as const, path: '/description', value: desired.description }]),
    ...groupPatch('/throttle', limitsOf(now.throttle), limitsOf(desired.throttle)),
    ...groupPatch('/quota', now.quota, desired.quota),
    ...stagesPatch(now.stages, desired.stages),
  ];
}

const limitsOf = (throttle: Throttle | null | undefined) =>
  throttle ? { rateLimit: throttle.rate, burstLimit: throttle.burst } : null;

/** A group of values under one path: made by `add`, changed by `replace`, taken away whole. */
function groupPatch(path: string, now: object | null, desired: object | null): PatchOperation[] {
  if (!desired) return now ? [{ op: 'remove', path }] : [];
  const before = new Map<string, unknown>(Object.entries(now ?? {}));
  return Object.entries(desired)
    .filter(([field, value]) => before.get(field) !== value)
    .map(([field, value]) => ({
      op: now ? ('replace' as const) : ('add' as const),
      path: `${path}/${field}`,
      value: String(value),
    }));
}

function stagesPatch(now: readonly UsagePlanStage[], desired: readonly UsagePlanStage[]): PatchOperation[] {
  const named = (stages: readonly UsagePlanStage[], key: string) => stages.find((stage) => stageKey(stage) === key);
  return [
    ...now.filter((stage) => !named(desired, stageKey(stage))).map(uncover),
    ...desired.flatMap((stage) => {
      const before = named(now, stageKey(stage));
      return [...(before ? [] : [cover(stage)]), ...throttlesPatch(stage, before?.throttles ?? {})];
    }),
  ];
}

function throttlesPatch(stage: UsagePlanStage, now: UsagePlanStage['throttles']): PatchOperation[] {
  const under = (key: string): string => {
    const end = key.lastIndexOf('/');
    const resource = key.slice(0, end).replaceAll('~', '~0').replaceAll('/', '~1');
    return `/apiStages/${stageKey(stage)}/throttle/${resource}${key.slice(end)}`;
  };
  const gone = Object.keys(now).filter((key) => !(key in stage.throttles));
  return [
    ...gone.map((key): PatchOperation => ({ op: 'remove', path: under(key) })),
    ...Object.entries(stage.throttles).flatMap(([key, throttle]): PatchOperation[] =>
      equal(now[key] as unknown as Json, throttle as unknown as Json)
        ? []
        : [
            { op: 'replace', path: `${under(key)}/rateLimit`, value: String(throttle.rate) },
            { op: 'replace', path: `${under(key)}/burstLimit`, value: String(throttle.burst) },
          ],
    ),
  ];
}
