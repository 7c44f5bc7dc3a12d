// The settings of a REST stage by method: throttle, cache, logs, metrics. `*/*` stands for every method; a method with
// an entry of its own follows that one alone, so every entry says all of its settings.

import type { MethodSetting, PatchOperation } from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { type Throttle, throttleFrom } from './account-throttle.ts';

export interface RestMethodSettings {
  /** Requests a second and burst; null: the account's. */
  readonly throttle: Throttle | null;
  readonly caching: boolean;
  /** Seconds, 0 to 3,600. */
  readonly cacheTtl: number;
  readonly cacheEncrypted: boolean;
  /** Whether `Cache-Control: max-age=0` needs the right to invalidate. */
  readonly invalidationNeedsAuthorization: boolean;
  /** What callers without that right get. */
  readonly unauthorizedInvalidation: string;
  /** `OFF`, `ERROR` or `INFO`. */
  readonly loggingLevel: string;
  readonly dataTrace: boolean;
  readonly metrics: boolean;
}

/** By `*` + `/*`, or by `/products/{id}/GET`. */
export type RestSettingsByMethod = Readonly<Record<string, RestMethodSettings>>;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
export const defaultMethodSettings: RestMethodSettings = {
  throttle: null,
  caching: false,
  cacheTtl: 300,
  cacheEncrypted: false,
  invalidationNeedsAuthorization: true,
  unauthorizedInvalidation: 'SUCCEED_WITH_RESPONSE_HEADER',
  loggingLevel: 'OFF',
  dataTrace: false,
  metrics: false,
};

export const everyMethod = '*/*';

/** Settings that are all AWS's own are as good as none. */
const isDefault = (settings: RestMethodSettings): boolean => equal(asJson(settings), asJson(defaultMethodSettings));

const asJson = (value: unknown): Json => value as Json;

export async function settingsFrom(
  aws: Aws,
  live: Readonly<Record<string, MethodSetting>> | undefined,
  wanted: RestSettingsByMethod,
): Promise<RestSettingsByMethod> {
  const entries: [string, RestMethodSettings][] = [];
  for (const [awsKey, setting] of Object.entries(live ?? {})) {
    const key = keyFrom(awsKey);
    const throttle = await throttleFrom(
      aws,
      setting.throttlingRateLimit,
      setting.throttlingBurstLimit,
      wanted[key]?.throttle ?? null,
    );
    const settings: RestMethodSettings = {
      throttle,
      caching: setting.cachingEnabled ?? false,
      cacheTtl: setting.cacheTtlInSeconds ?? defaultMethodSettings.cacheTtl,
      cacheEncrypted: setting.cacheDataEncrypted ?? false,
      invalidationNeedsAuthorization: setting.requireAuthorizationForCacheControl ?? true,
      unauthorizedInvalidation:
        setting.unauthorizedCacheControlHeaderStrategy ?? defaultMethodSettings.unauthorizedInvalidation,
      loggingLevel: setting.loggingLevel ?? 'OFF',
      dataTrace: setting.dataTraceEnabled ?? false,
      metrics: setting.metricsEnabled ?? false,
    };
    if (!isDefault(settings) || key in wanted) entries.push([key, settings]);
  }
  return Object.fromEntries(entries);
}

/** `~1products~1{id}/GET`, as AWS answers it, or `products/{id}/GET` → `/products/{id}/GET`. */
function keyFrom(awsKey: string): string {
  const key = awsKey.replaceAll('~1', '/').replaceAll('~0', '~');
  return key === everyMethod || key.startsWith('/') ? key : `/${key}`;
}

/** `/products/{id}/GET` → `/~1products~1{id}/GET`, the start of a patch's path. */
function pathOf(key: string): string {
  const end = key.lastIndexOf('/');
  const resource = key.slice(0, end).replaceAll('~', '~0').replaceAll('/', '~1');
  // The root resource is a slash, and its key `//GET`.
  return `/${resource}${key.slice(end)}`;
}

/** The key of a method's settings. */
export const settingsKey = (method: string, path: string): string => `${path}/${method === 'ANY' ? '*' : method}`;

/** Whether anything logs executions, for which the account needs a role. */
export const logsExecutions = (settings: RestSettingsByMethod): boolean =>
  Object.values(settings).some(({ loggingLevel }) => loggingLevel !== 'OFF');

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch */
export function settingsPatch(now: RestSettingsByMethod, desired: RestSettingsByMethod): PatchOperation[] {
  const gone = Object.keys(now).filter((key) => !(key in desired));
  // Without the account's role, API Gateway wants to hear nothing of logs.
  const quiet = !logsExecutions(now) && !logsExecutions(desired);
  return [
    ...gone.map((key): PatchOperation => ({ op: 'remove', path: pathOf(key) })),
    ...Object.entries(desired).flatMap(([key, settings]) => entryPatch(pathOf(key), now[key], settings, quiet)),
  ];
}

const fieldNames = {
  caching: 'caching/enabled',
  cacheTtl: 'caching/ttlInSeconds',
  cacheEncrypted: 'caching/dataEncrypted',
  invalidationNeedsAuthorization: 'caching/requireAuthorizationForCacheControl',
  unauthorizedInvalidation: 'caching/unauthorizedCacheControlHeaderStrategy',
  metrics: 'metrics/enabled',
} as const;

const logNames = { loggingLevel: 'logging/loglevel', dataTrace: 'logging/dataTrace' } as const;

function entryPatch(
  path: string,
  now: RestMethodSettings | undefined,
  desired: RestMethodSettings,
  quiet: boolean,
): PatchOperation[] {
  // A throttle goes only with all settings of its entry: those that stay are said again.
  const anew = now?.throttle && !desired.throttle;
  const from = patchValues(anew ? undefined : now, quiet);
  const changed = Object.entries(patchValues(desired, quiet)).filter(([field, value]) => from[field] !== value);
  return [
    ...(anew ? [{ op: 'remove' as const, path }] : []),
    ...changed.map(([field, value]): PatchOperation => ({ op: 'replace', path: `${path}/${field}`, value })),
  ];
}

/** `throttling/rateLimit` → `50`: what UpdateStage is told of an entry. */
function patchValues(settings: RestMethodSettings | undefined, quiet: boolean): Readonly<Record<string, string>> {
  if (!settings) return {};
  const { throttle } = settings;
  const named = Object.entries({ ...fieldNames, ...(quiet ? {} : logNames) }).map(([field, name]) => [
    name,
    String(settings[field as keyof typeof fieldNames]),
  ]);
  return {
    ...(throttle && { 'throttling/rateLimit': String(throttle.rate), 'throttling/burstLimit': String(throttle.burst) }),
    ...Object.fromEntries(named),
  };
}
