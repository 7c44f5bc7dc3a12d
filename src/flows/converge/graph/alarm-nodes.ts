// The alarms of APIs, and of the functions behind them.

import type { AlarmDefinition, ApiDefinition } from '../../../api/definition.ts';
import type { DesiredNode, Json, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { fit } from '../../../project/resource-names.ts';
import { apiNodeId } from './api-node-id.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { apiName, functionName } from './names.ts';
import { topicArnOf, topicNodes } from './neighbours.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const longestAlarm = 255;

export function alarmNodes(input: GraphInput): readonly DesiredNode[] {
  return [...input.definitions.values()].flatMap((definition) =>
    (definition.alarms ?? []).map((alarm) => alarmNode(input, definition, alarm)),
  );
}

function alarmNode(input: GraphInput, definition: ApiDefinition, alarm: AlarmDefinition): DesiredNode {
  const api = apiName(placeOf(input), definition.name, input.version);
  const alarmName = fit(`${api}-${alarm.name}`, longestAlarm);
  const shell = apiNodeId(definition, input.version);
  const id: NodeId = `alarm:${definition.name}@${input.version}/${alarm.name}`;
  const { name: _, of, actions, statistic, extendedStatistic, ...rest } = alarm;
  const told = Object.keys(input.project.topics ?? {}).filter((topic) =>
    actions.includes(topicArnOf(input, topic) ?? ''),
  );
  return {
    id,
    kind: 'cloudwatch-alarm',
    name: alarmName,
    props: {
      ...rest,
      alarmName,
      dimensions: dimensionsOf(input, definition, of, api, shell),
      statistic: extendedStatistic ?? statistic ?? 'Sum',
      actions: [...actions].sort(),
      tags: nodeTags(input, id),
    },
    dependsOn: [shell, ...told.flatMap((topic) => topicNodes(input, topic))],
  };
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html and
 * …/http-api-metrics.html
 */
function dimensionsOf(
  input: GraphInput,
  definition: ApiDefinition,
  of: AlarmDefinition['of'],
  api: string,
  shell: NodeId,
): Json {
  if (of.type === 'function') return { FunctionName: functionName(placeOf(input), of.function) };
  const Stage = definition.stage.name;
  if (definition.type === 'rest') return { ApiName: api, Stage };
  return { ApiId: ref(shell, 'apiId'), Stage };
}
