// A CloudWatch alarm on one metric. PutMetricAlarm sets the whole alarm at once, so there is nothing to merge.

import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';

export interface CloudwatchAlarmProps {
  readonly alarmName: string;
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Average`, or a percentile: `p99`. */
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparisonOperator: string;
  readonly treatMissingData: string;
  /** ARNs that are told when it goes off and when it is over, sorted. */
  readonly actions: readonly string[];
  readonly tags: Tags;
}

const oneMetric = unsupported('alarms watch one metric');

export const cloudwatchAlarmInputs = {
  AlarmName: 'alarmName',
  AlarmDescription: 'description',
  Namespace: 'namespace',
  MetricName: 'metricName',
  Dimensions: 'dimensions',
  Statistic: 'statistic',
  ExtendedStatistic: 'statistic',
  Period: 'period',
  EvaluationPeriods: 'evaluationPeriods',
  DatapointsToAlarm: 'datapointsToAlarm',
  Threshold: 'threshold',
  ComparisonOperator: 'comparisonOperator',
  TreatMissingData: 'treatMissingData',
  AlarmActions: 'actions',
  OKActions: 'actions',
  Tags: 'tags',
  ActionsEnabled: fixed('always'),
  InsufficientDataActions: unsupported('no data is no news'),
  Unit: unsupported('the metrics of API Gateway and Lambda have one unit each'),
  EvaluateLowSampleCountPercentile: unsupported('percentiles are judged whatever the number of samples'),
  Metrics: oneMetric,
  ThresholdMetricId: oneMetric,
  EvaluationWindow: unsupported('evaluation windows are not offered'),
  WarmUpConfiguration: unsupported('not offered'),
  EvaluationCriteria: oneMetric,
  EvaluationInterval: oneMetric,
  ActionConfiguration: unsupported('not offered'),
} satisfies Coverage<PutMetricAlarmCommandInput>;

const isPercentile = (statistic: string): boolean => /^p/.test(statistic);

const inputOf = (props: CloudwatchAlarmProps): PutMetricAlarmCommandInput => ({
  AlarmName: props.alarmName,
  AlarmDescription: props.description,
  Namespace: props.namespace,
  MetricName: props.metricName,
  Dimensions: Object.entries(props.dimensions).map(([Name, Value]) => ({ Name, Value })),
  ...(isPercentile(props.statistic)
    ? { ExtendedStatistic: props.statistic }
    : { Statistic: props.statistic as NonNullable<PutMetricAlarmCommandInput['Statistic']> }),
  Period: props.period,
  EvaluationPeriods: props.evaluationPeriods,
  DatapointsToAlarm: props.datapointsToAlarm,
  Threshold: props.threshold,
  ComparisonOperator: props.comparisonOperator as NonNullable<PutMetricAlarmCommandInput['ComparisonOperator']>,
  TreatMissingData: props.treatMissingData,
  ActionsEnabled: true,
  AlarmActions: [...props.actions],
  OKActions: [...props.actions],
});

const fromAlarm = (alarm: MetricAlarm): Omit<CloudwatchAlarmProps, 'tags'> => ({
  alarmName: alarm.AlarmName ?? '',
  description: alarm.AlarmDescription ?? '',
  namespace: alarm.Namespace ?? '',
  metricName: alarm.MetricName ?? '',
  dimensions: Object.fromEntries((alarm.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value])),
  statistic: alarm.ExtendedStatistic ?? alarm.Statistic ?? '',
  period: alarm.Period ?? 0,
  evaluationPeriods: alarm.EvaluationPeriods ?? 0,
  datapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods ?? 0,
  threshold: alarm.Threshold ?? 0,
  comparisonOperator: alarm.ComparisonOperator ?? '',
  treatMissingData: alarm.TreatMissingData ?? 'missing',
  actions: [...(alarm.AlarmActions ?? [])].sort(),
});

export function cloudwatchAlarm({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:cloudwatch:${aws.region}:${aws.account}:alarm:${name}`;
  const tagsAt = async (name: string): Promise<Tags> =>
    tagMap((await orAbsent(aws.cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN: arnOf(name) }))))?.Tags);

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const { MetricAlarms = [] } = await aws.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [target.name] }));
    const [alarm] = MetricAlarms;
    if (!alarm) return undefined;
    const tags = await tagsAt(target.name);
    const props: CloudwatchAlarmProps = { ...fromAlarm(alarm), tags: managedTags(tags, desired?.['tags']) };
    return {
      physicalId: target.name,
      props: props as unknown as Props,
      outputs: { arn: arnOf(target.name) },
      ...ownership(tags, owner),
    };
  };

  return {
    name: 'cloudwatch-alarm',
    title: 'alarm',
    fields: {
      alarmName: 'immutable',
      description: 'mutable',
      namespace: 'mutable',
      metricName: 'mutable',
      dimensions: 'mutable',
      statistic: 'mutable',
      period: 'mutable',
      evaluationPeriods: 'mutable',
      datapointsToAlarm: 'mutable',
      threshold: 'mutable',
      comparisonOperator: 'mutable',
      treatMissingData: 'mutable',
      actions: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as CloudwatchAlarmProps;
      const now = live?.props as unknown as CloudwatchAlarmProps | undefined;
      // CloudWatch ignores tags where the alarm is there already.
      const tagged = now ? {} : { Tags: tagList(desired.tags) };
      await aws.cloudwatch.send(new PutMetricAlarmCommand({ ...inputOf(desired), ...tagged }));
      const tags = now ? missingTags(now.tags, desired.tags) : {};
      if (Object.keys(tags).length > 0) {
        await aws.cloudwatch.send(new TagResourceCommand({ ResourceARN: arnOf(target.name), Tags: tagList(tags) }));
      }
      return { physicalId: target.name, props, outputs: { arn: arnOf(target.name) }, owned: true };
    },

    async remove(target) {
      await orAbsent(aws.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [target.name] })));
    },

    async discover(known) {
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const AlarmNamePrefix = `${owner.project}-${owner.stage}-`;
        const page = await aws.cloudwatch.send(
          new DescribeAlarmsCommand({ AlarmNamePrefix, ...(NextToken && { NextToken }) }),
        );
        names.push(...(page.MetricAlarms ?? []).flatMap(({ AlarmName }) => AlarmName ?? []));
        NextToken = page.NextToken;
      } while (NextToken);
      const found = await Promise.all(
        names
          .filter((name) => !known?.has(name))
          .map(async (name) => ({ name, id: nodeOf(await tagsAt(name), owner) })),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },
  };
}
