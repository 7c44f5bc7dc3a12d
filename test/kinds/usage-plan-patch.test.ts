import { describe, expect, it } from '@jest/globals';
import { type UsagePlanProps, usagePlanPatch } from '../../src/kinds/usage-plan-patch.ts';

const plan: UsagePlanProps = {
  planName: 'free',
  description: '',
  throttle: { rate: 5, burst: 10 },
  quota: null,
  stages: [{ apiId: 'a1', stage: 'prod', throttles: { '/orders/{id}/GET': { rate: 1, burst: 2 } } }],
  tags: {},
};

describe('what UpdateUsagePlan is told', () => {
  it('is nothing when nothing changed', () => {
    expect(usagePlanPatch(plan, plan)).toEqual([]);
  });

  it('makes limits by add, changes them by replace, takes them away whole', () => {
    const wider = { ...plan, throttle: { rate: 5, burst: 20 }, quota: { limit: 9, period: 'DAY' as const, offset: 0 } };
    expect(usagePlanPatch(plan, wider)).toEqual([
      { op: 'replace', path: '/throttle/burstLimit', value: '20' },
      { op: 'add', path: '/quota/limit', value: '9' },
      { op: 'add', path: '/quota/period', value: 'DAY' },
      { op: 'add', path: '/quota/offset', value: '0' },
    ]);
    expect(usagePlanPatch(wider, { ...plan, throttle: null })).toEqual([
      { op: 'remove', path: '/throttle' },
      { op: 'remove', path: '/quota' },
    ]);
  });

  it('covers another stage, and sets limits of its methods with slashes escaped', () => {
    const next: UsagePlanProps = {
      ...plan,
      stages: [{ apiId: 'b2', stage: 'prod', throttles: { '/orders/{id}/GET': { rate: 3, burst: 4 } } }],
    };
    expect(usagePlanPatch(plan, next)).toEqual([
      { op: 'remove', path: '/apiStages', value: 'a1:prod' },
      { op: 'add', path: '/apiStages', value: 'b2:prod' },
      { op: 'replace', path: '/apiStages/b2:prod/throttle/~1orders~1{id}/GET/rateLimit', value: '3' },
      { op: 'replace', path: '/apiStages/b2:prod/throttle/~1orders~1{id}/GET/burstLimit', value: '4' },
    ]);
  });

  it('takes the limits of a method away', () => {
    const none = { ...plan, stages: [{ apiId: 'a1', stage: 'prod', throttles: {} }] };
    expect(usagePlanPatch(plan, none)).toEqual([
      { op: 'remove', path: '/apiStages/a1:prod/throttle/~1orders~1{id}/GET' },
    ]);
  });
});
