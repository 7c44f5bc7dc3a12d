// What UpdateStage is told so that a stage becomes what is desired: one call, so that its settings move with its
// deployment. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch

import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { settingsPatch } from './rest-method-settings.ts';
import type { RestStageProps } from './rest-stage-props.ts';

export function stagePatch(now: RestStageProps, desired: RestStageProps): PatchOperation[] {
  return [
    ...replace('/deploymentId', now.snapshot === desired.snapshot ? desired.deploymentId : '', desired.deploymentId),
    ...replace('/description', now.description, desired.description),
    ...replace('/tracingEnabled', String(now.tracing), String(desired.tracing)),
    ...cachePatch(now.cacheCluster, desired.cacheCluster),
    ...settingsPatch(now.settings, desired.settings),
    ...variablesPatch(now.variables, desired.variables),
    ...accessLogPatch(now.accessLog, desired.accessLog),
  ];
}

const replace = (path: string, from: string, to: string): PatchOperation[] =>
  from === to ? [] : [{ op: 'replace', path, value: to }];

/** A size is said with the switch: without one, AWS makes the smallest. */
function cachePatch(now: RestStageProps['cacheCluster'], desired: RestStageProps['cacheCluster']): PatchOperation[] {
  if (now === desired) return [];
  return [
    { op: 'replace', path: '/cacheClusterEnabled', value: String(desired !== '') },
    ...(desired === '' ? [] : [{ op: 'replace' as const, path: '/cacheClusterSize', value: desired }]),
  ];
}

/** Variables take `replace` and `remove`, no `add`: `replace` makes them too. */
function variablesPatch(now: RestStageProps['variables'], desired: RestStageProps['variables']): PatchOperation[] {
  const removed = Object.keys(now).filter((name) => !(name in desired));
  const changed = Object.entries(desired).filter(([name, value]) => now[name] !== value);
  return [
    ...removed.map((name): PatchOperation => ({ op: 'remove', path: `/variables/${name}` })),
    ...changed.map(([name, value]): PatchOperation => ({ op: 'replace', path: `/variables/${name}`, value })),
  ];
}

function accessLogPatch(now: RestStageProps['accessLog'], desired: RestStageProps['accessLog']): PatchOperation[] {
  if (!desired) return now ? [{ op: 'remove', path: '/accessLogSettings' }] : [];
  return [
    ...replace('/accessLogSettings/destinationArn', now?.destinationArn ?? '', desired.destinationArn),
    ...replace('/accessLogSettings/format', now?.format ?? '', desired.format),
  ];
}
