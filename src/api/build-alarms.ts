// `alarms:` of an API as CloudWatch alarms: share of errors, latency, throttled functions.

import type { AlarmsDeclaration, ApiType } from '../project/project.ts';
import { type ApiContext, arnOfTopic } from './build-context.ts';
import type { AlarmDefinition } from './definition.ts';

const PERIOD_SECONDS = 300;

const COMMON = {
  period: PERIOD_SECONDS,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  // An API that nobody calls is not broken.
  treatMissingData: 'notBreaching',
} as const;

/**
 * The metric whose average is the share of failed requests: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html,
 * …/http-api-metrics.html, …/apigateway-websocket-api-logging.html
 */
const ERRORS: Readonly<Record<ApiType, string>> = { rest: '5XXError', http: '5xx', websocket: 'IntegrationError' };

export function buildAlarms(context: ApiContext, alarms: AlarmsDeclaration): readonly AlarmDefinition[] {
  const { api } = context;
  const actions = alarms.notify.map((topic) => arnOfTopic(context, topic));
  const ofApi = { ...COMMON, of: { type: 'api' }, namespace: 'AWS/ApiGateway', actions } as const;
  const { errors, latency, throttles } = alarms;
  const functions = [
    ...new Set(api.routes.flatMap(({ target }) => (target.type === 'function' ? [target.function] : []))),
  ];
  return [
    ...(errors === undefined
      ? []
      : [
          {
            ...ofApi,
            name: 'errors',
            description: `More than ${errors} % of requests to ${api.name} fail`,
            metricName: ERRORS[api.type],
            statistic: 'Average',
            threshold: errors / 100,
            comparisonOperator: 'GreaterThanThreshold',
          } as const,
        ]),
    ...(latency === undefined
      ? []
      : [
          {
            ...ofApi,
            name: 'latency',
            description: `1 % of requests to ${api.name} take longer than ${latency} ms`,
            metricName: 'Latency',
            extendedStatistic: 'p99',
            threshold: latency,
            comparisonOperator: 'GreaterThanThreshold',
          } as const,
        ]),
    ...(throttles === undefined ? [] : functions.sort().map((name) => throttled(name, throttles, actions))),
  ];
}

function throttled(name: string, threshold: number, actions: readonly string[]): AlarmDefinition {
  return {
    ...COMMON,
    name: `throttles-${name}`,
    description: `Lambda refuses calls of ${name}: too many at once`,
    of: { type: 'function', function: name },
    namespace: 'AWS/Lambda',
    metricName: 'Throttles',
    statistic: 'Sum',
    threshold,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    actions,
  };
}
