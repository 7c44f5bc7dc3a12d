// A stage of an HTTP or WebSocket API as props, and their translation to API Gateway's shapes.

import type { RouteSettings, Stage } from '@aws-sdk/client-apigatewayv2';
import type { Throttle } from './account-throttle.ts';
import type { Tags } from './ownership.ts';
import type { V2Protocol } from './v2-protocol.ts';

export interface V2StageProps {
  readonly apiId: string;
  readonly stageName: string;
  readonly description: string;
  /** The hash of the definition it serves. */
  readonly snapshot: string;
  /** Its deployment, minted by API Gateway. */
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Of every route; null: the account's. */
  readonly throttle: Throttle | null;
  /** Of single routes, by route key. */
  readonly routeThrottles: Readonly<Record<string, Throttle>>;
  readonly accessLog: AccessLogProps | null;
  /** Of WebSocket APIs: logs of what API Gateway does, in a group of its own making. */
  readonly executionLog?: ExecutionLogProps;
  readonly detailedMetrics: boolean;
  readonly tags: Tags;
}

export interface AccessLogProps {
  /** ARN of the log group. */
  readonly destinationArn: string;
  readonly format: string;
}

export interface ExecutionLogProps {
  readonly level: 'OFF' | 'ERROR' | 'INFO';
  /** Whole messages, personal data included. */
  readonly dataTrace: boolean;
}

export const noExecutionLog: ExecutionLogProps = { level: 'OFF', dataTrace: false };

/** ARNs of log groups come with and without the `:*` of their streams. */
export const accessLogFrom = ({ AccessLogSettings }: Partial<Stage>): AccessLogProps | null =>
  AccessLogSettings?.DestinationArn
    ? { destinationArn: AccessLogSettings.DestinationArn.replace(/:\*$/, ''), format: AccessLogSettings.Format ?? '' }
    : null;

export const executionLogFrom = ({ DefaultRouteSettings }: Partial<Stage>): ExecutionLogProps => ({
  level: DefaultRouteSettings?.LoggingLevel ?? 'OFF',
  dataTrace: DefaultRouteSettings?.DataTraceEnabled ?? false,
});

export const routeThrottlesFrom = ({ RouteSettings = {} }: Partial<Stage>): Readonly<Record<string, Throttle>> =>
  Object.fromEntries(
    Object.entries(RouteSettings).flatMap(([key, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }]) =>
      rate === undefined || burst === undefined ? [] : [[key, { rate, burst }]],
    ),
  );

/** What every route has; a route with a throttle of its own must say it again, or would lose it. */
export const settingsInput = (props: V2StageProps, protocol: V2Protocol): RouteSettings => ({
  DetailedMetricsEnabled: props.detailedMetrics,
  ...(protocol === 'WEBSOCKET' && {
    LoggingLevel: props.executionLog?.level ?? 'OFF',
    DataTraceEnabled: props.executionLog?.dataTrace ?? false,
  }),
});

export const throttleInput = (throttle: Throttle): RouteSettings => ({
  ThrottlingRateLimit: throttle.rate,
  ThrottlingBurstLimit: throttle.burst,
});

/** UpdateStage merges variables: an empty value takes one away. */
export function variablesInput(
  now: Readonly<Record<string, string>>,
  desired: Readonly<Record<string, string>>,
): Record<string, string> {
  const removed = Object.keys(now).filter((name) => !(name in desired));
  return { ...desired, ...Object.fromEntries(removed.map((name) => [name, ''])) };
}

/** Without variables that an empty value took away. */
export const variablesFrom = ({ StageVariables = {} }: Partial<Stage>): Record<string, string> =>
  Object.fromEntries(Object.entries(StageVariables).filter(([, value]) => value !== ''));
