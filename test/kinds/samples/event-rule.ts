import { eventRuleInputs } from '../../../src/kinds/event-rule.ts';
import { aliasNode } from './lambda-alias.ts';
import { functionNodes } from './lambda-function.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

export const eventRuleSample: Sample = {
  inputs: eventRuleInputs,
  parents: (place) => [...functionNodes(place), aliasNode(place)],
  node: (place) => ({
    id: 'schedule:orders-list@v1/nightly',
    kind: 'event-rule',
    name: physical(place, 'orders-list-nightly'),
    props: {
      ruleName: physical(place, 'orders-list-nightly'),
      expression: 'cron(0 3 * * ? *)',
      enabled: true,
      targetArn: `arn:${place.partition}:lambda:${place.region}:${place.account}:function:${physical(place, 'orders-list')}:v1`,
      input: '{"full":true}',
      tags: tagged(place, 'schedule:orders-list@v1/nightly'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    ruleName: [{ says: 'another name', change: set({ ruleName: physical(place, 'orders-list-hourly') }) }],
    expression: [{ says: 'more often', change: set({ expression: 'rate(1 hour)' }) }],
    enabled: [{ says: 'off', change: set({ enabled: false }) }],
    targetArn: [
      {
        says: 'another API version',
        change: set({
          targetArn: `arn:${place.partition}:lambda:${place.region}:${place.account}:function:${physical(place, 'orders-list')}:v2`,
        }),
      },
    ],
    input: [{ says: "EventBridge's own", change: set({ input: '' }) }],
    tags: tagVariations,
  }),
};
