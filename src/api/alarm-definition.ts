// A CloudWatch alarm in AWS's terms, all but its name and the dimensions that hold minted ids.

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export interface AlarmDefinition {
  /** Unique within its API or function: `errors`, `latency`, `throttles`. */
  readonly name: string;
  readonly description: string;
  /**
   * What is measured: the API's stage (dimensions `ApiName`, `Stage` of REST; `ApiId`, `Stage` of HTTP, `$default`
   * included, and of WebSocket) or a function (dimension `FunctionName`), by its logical name.
   */
  readonly of: { readonly type: 'api' } | { readonly type: 'function'; readonly function: string };
  readonly namespace: 'AWS/ApiGateway' | 'AWS/Lambda';
  /** `5XXError` (REST), `5xx` (HTTP), `Latency`, `IntegrationError`, `Throttles`, … */
  readonly metricName: string;
  /** One of `statistic` and `extendedStatistic`. */
  readonly statistic?: 'SampleCount' | 'Average' | 'Sum' | 'Minimum' | 'Maximum';
  /** `p99`. */
  readonly extendedStatistic?: string;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparisonOperator: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  readonly treatMissingData: 'missing' | 'notBreaching' | 'breaching' | 'ignore';
  /** ARNs that are told, of SNS topics for instance: both when it goes off and when it is over. */
  readonly actions: readonly string[];
}
