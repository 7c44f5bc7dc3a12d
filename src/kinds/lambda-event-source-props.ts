// An event source mapping's props, and the inputs of Lambda that carry them.

import type {
  CreateEventSourceMappingCommandInput,
  EventSourceMappingConfiguration,
  UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import { type Coverage, unsupported } from './coverage.ts';
import type { Tags } from './ownership.ts';

export interface LambdaEventSourceProps {
  readonly functionName: string;
  readonly aliasName: string;
  /** Of a stream or a queue. */
  readonly sourceArn: string;
  /** '' for queues. */
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON' | '';
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchWindow: number;
  /** Batches of one shard at once; streams only, null for queues, as are the two below. */
  readonly parallelization: number | null;
  /** Attempts after the first; -1: until the record is too old. */
  readonly retries: number | null;
  readonly bisectOnError: boolean | null;
  readonly reportFailures: boolean;
  /** ARN of what records go to that fail to the end; '' for nothing. */
  readonly onFailure: string;
  /** Executions at once for a queue; null: no limit of its own. */
  readonly maximumConcurrency: number | null;
  /** Patterns as JSON texts. */
  readonly filters: readonly string[];
  readonly tags: Tags;
}

const notOffered = unsupported('for sources that are not offered');

export const lambdaEventSourceInputs = {
  FunctionName: ['functionName', 'aliasName'],
  EventSourceArn: 'sourceArn',
  StartingPosition: 'startingPosition',
  Enabled: 'enabled',
  BatchSize: 'batchSize',
  MaximumBatchingWindowInSeconds: 'batchWindow',
  ParallelizationFactor: 'parallelization',
  MaximumRetryAttempts: 'retries',
  BisectBatchOnFunctionError: 'bisectOnError',
  FunctionResponseTypes: 'reportFailures',
  DestinationConfig: 'onFailure',
  ScalingConfig: 'maximumConcurrency',
  FilterCriteria: 'filters',
  Tags: 'tags',
  UUID: unsupported("AWS's own"),
  KMSKeyArn: unsupported('filters are not encrypted by a key of the customer'),
  MetricsConfig: unsupported('no further metrics at a price'),
  LoggingConfig: unsupported('no further logs at a price'),
  StartingPositionTimestamp: unsupported('for Kinesis'),
  MaximumRecordAgeInSeconds: unsupported('a stream keeps records for a day, the number of attempts limits sooner'),
  TumblingWindowInSeconds: unsupported('aggregation windows are not offered'),
  Topics: notOffered,
  Queues: notOffered,
  SourceAccessConfigurations: notOffered,
  SelfManagedEventSource: notOffered,
  AmazonManagedKafkaEventSourceConfig: notOffered,
  SelfManagedKafkaEventSourceConfig: notOffered,
  DocumentDBEventSourceConfig: notOffered,
  ProvisionedPollerConfig: unsupported('on-demand pollers'),
} satisfies Coverage<CreateEventSourceMappingCommandInput & UpdateEventSourceMappingCommandInput>;

export const sourceInput = ({ sourceArn, startingPosition }: LambdaEventSourceProps) => ({
  EventSourceArn: sourceArn,
  ...(startingPosition !== '' && { StartingPosition: startingPosition }),
});

/** What may be changed in place. Lambda refuses the fields of streams for queues, and the other way round. */
export function changeableInput(props: LambdaEventSourceProps) {
  const { parallelization, retries, bisectOnError, onFailure } = props;
  const ofStream = {
    ...(parallelization !== null && { ParallelizationFactor: parallelization }),
    ...(retries !== null && { MaximumRetryAttempts: retries }),
    ...(bisectOnError !== null && { BisectBatchOnFunctionError: bisectOnError }),
    DestinationConfig: { OnFailure: onFailure === '' ? {} : { Destination: onFailure } },
  };
  return {
    Enabled: props.enabled,
    BatchSize: props.batchSize,
    MaximumBatchingWindowInSeconds: props.batchWindow,
    FunctionResponseTypes: props.reportFailures ? (['ReportBatchItemFailures'] as 'ReportBatchItemFailures'[]) : [],
    FilterCriteria: { Filters: props.filters.map((Pattern) => ({ Pattern })) },
    ...(props.startingPosition === ''
      ? // An empty one takes the limit away.
        { ScalingConfig: props.maximumConcurrency === null ? {} : { MaximumConcurrency: props.maximumConcurrency } }
      : ofStream),
  };
}

/** All but function and tags, as Lambda describes it. */
export function fromMapping(
  mapping: EventSourceMappingConfiguration,
): Omit<LambdaEventSourceProps, 'functionName' | 'aliasName' | 'tags'> {
  const sourceArn = mapping.EventSourceArn ?? '';
  const isStream = /:table\/.+\/stream\//.test(sourceArn);
  const startingPosition = mapping.StartingPosition === 'TRIM_HORIZON' ? 'TRIM_HORIZON' : 'LATEST';
  return {
    sourceArn,
    startingPosition: isStream ? startingPosition : '',
    enabled: !/^Disabl/.test(mapping.State ?? ''),
    batchSize: mapping.BatchSize ?? (isStream ? 100 : 10),
    batchWindow: mapping.MaximumBatchingWindowInSeconds ?? 0,
    parallelization: isStream ? (mapping.ParallelizationFactor ?? 1) : null,
    retries: isStream ? (mapping.MaximumRetryAttempts ?? -1) : null,
    bisectOnError: isStream ? (mapping.BisectBatchOnFunctionError ?? false) : null,
    reportFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    onFailure: mapping.DestinationConfig?.OnFailure?.Destination ?? '',
    maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? null,
    filters: (mapping.FilterCriteria?.Filters ?? []).flatMap(({ Pattern }) => Pattern ?? []),
  };
}
