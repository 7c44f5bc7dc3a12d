import { describe, expect, it } from '@jest/globals';
import { decide, isPolicyDocument } from '../../../src/gateway/authorizers/policy.ts';
import { matchesWildcard } from '../../../src/gateway/authorizers/wildcard.ts';

const ARN = 'arn:aws:execute-api:eu-west-1:000000000000:abc123defg/dev/GET/pets/1';
const facts = { sourceIp: '127.0.0.1', userAgent: 'ua/1', now: Date.UTC(2026, 0, 1) };
const allow = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };
const decideOn = (...statements: unknown[]) => decide({ Statement: statements }, ARN, facts);

describe('an authorizer’s policy', () => {
  it.each([
    ['*', 'allow'],
    [ARN, 'allow'],
    ['arn:aws:execute-api:*:*:*/dev/*/pets/?', 'allow'],
    ['arn:aws:execute-api:eu-west-1:000000000000:abc123defg/dev/GET/cats', 'implicit-deny'],
    ['', 'implicit-deny'],
  ])('for resource %s decides %s', (Resource, expected) => {
    expect(decideOn({ ...allow, Resource })).toBe(expected);
  });

  it('takes actions and resources as lists, and actions in any case', () => {
    expect(decideOn({ ...allow, Action: ['s3:GetObject', 'Execute-API:*'], Resource: ['x', ARN] })).toBe('allow');
    expect(decideOn({ ...allow, Action: 's3:*' })).toBe('implicit-deny');
  });

  it('lets a deny win over any allow, wherever it stands', () => {
    expect(decideOn(allow, { ...allow, Effect: 'Deny' })).toBe('explicit-deny');
    expect(decideOn({ ...allow, Effect: 'Deny' }, allow)).toBe('explicit-deny');
  });

  it('understands NotAction and NotResource', () => {
    expect(decideOn({ Effect: 'Allow', NotAction: 's3:*', NotResource: '*cats*' })).toBe('allow');
    expect(decideOn({ Effect: 'Allow', Action: '*', NotResource: '*pets*' })).toBe('implicit-deny');
  });

  it('without action or resource allows nothing', () => {
    expect(decideOn({ Effect: 'Allow' })).toBe('implicit-deny');
    expect(decideOn({ Effect: 'Allow', Action: '*' })).toBe('implicit-deny');
  });

  it.each([
    [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.0/8'] } }, 'allow'],
    [{ NotIpAddress: { 'aws:SourceIp': '127.0.0.1' } }, 'implicit-deny'],
    [{ StringLike: { 'aws:UserAgent': 'ua/*' } }, 'allow'],
    [{ DateLessThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' } }, 'implicit-deny'],
  ])('holds to the condition %j', (Condition, expected) => {
    expect(decideOn({ ...allow, Condition })).toBe(expected);
  });

  it('reads a condition it does not know against the statement', () => {
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'x' } };
    expect(decideOn({ ...allow, Condition })).toBe('implicit-deny');
    expect(decideOn(allow, { ...allow, Effect: 'Deny', Condition })).toBe('explicit-deny');
    expect(decideOn({ ...allow, Condition: { IpAddress: { 'aws:SourceIp': 'nonsense' } } })).toBe('implicit-deny');
  });

  it.each([undefined, null, {}, { Statement: [] }, { Statement: [{ Effect: 'allow' }] }, 'text'])(
    'is not what %j is',
    (value) => {
      expect(isPolicyDocument(value)).toBe(false);
    },
  );
});

describe('wildcards', () => {
  it('stay quick on patterns that make backtracking explode', () => {
    const startedAt = Date.now();
    expect(matchesWildcard(`${'*a'.repeat(200)}b`, 'a'.repeat(5_000))).toBe(false);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });
});
