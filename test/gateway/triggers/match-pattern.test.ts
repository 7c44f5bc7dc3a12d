// Event patterns, with the examples of Lambda's and SNS's documentation.

import { describe, expect, it } from '@jest/globals';
import { matchesPattern } from '../../../src/gateway/triggers/match-pattern.ts';

const event = {
  eventName: 'INSERT',
  kind: 'order',
  empty: '',
  nothing: null,
  price: 120,
  tags: ['red', 'blue'],
  address: '10.1.2.3',
  dynamodb: { NewImage: { city: { S: 'Lisbon' }, age: { N: '41' } } },
  lines: [
    { sku: 'a', count: 1 },
    { sku: 'b', count: 5 },
  ],
};

describe('an event pattern', () => {
  const matching: readonly (readonly [string, object])[] = [
    ['a value of a list', { kind: ['invoice', 'order'] }],
    ['all names', { kind: ['order'], eventName: ['INSERT'] }],
    ['values below', { dynamodb: { NewImage: { city: { S: ['Lisbon'] } } } }],
    ['an empty text', { empty: [''] }],
    ['null', { nothing: [null] }],
    ['the beginning of a text', { kind: [{ prefix: 'ord' }] }],
    ['the end of a text', { kind: [{ suffix: 'er' }] }],
    ['a text in another case', { kind: [{ 'equals-ignore-case': 'ORDER' }] }],
    ['the beginning in another case', { kind: [{ prefix: { 'equals-ignore-case': 'ORD' } }] }],
    ['a wildcard', { kind: [{ wildcard: 'o*r' }] }],
    ['a number', { price: [120] }],
    ['a range', { price: [{ numeric: ['>', 100, '<=', 120] }] }],
    ['an address of a network', { address: [{ cidr: '10.0.0.0/8' }] }],
    ['all but a value', { kind: [{ 'anything-but': ['invoice'] }] }],
    ['all but a beginning', { kind: [{ 'anything-but': { prefix: 'inv' } }] }],
    ['what is there', { kind: [{ exists: true }] }],
    ['what is not there', { missing: [{ exists: false }] }],
    ['what is not there below', { gone: { deep: [{ exists: false }] } }],
    ['an element of a list', { tags: ['blue'] }],
    ['an element of a list of maps', { lines: { sku: ['b'], count: [{ numeric: ['>', 2] }] } }],
    ['one of several patterns', { $or: [{ kind: ['invoice'] }, { price: [120] }] }],
    ['nothing in particular', {}],
  ];
  for (const [what, pattern] of matching)
    it(`matches ${what}`, () => expect(matchesPattern(pattern, event)).toBe(true));

  const others: readonly (readonly [string, object])[] = [
    ['another value', { kind: ['invoice'] }],
    ['one name of two', { kind: ['order'], eventName: ['REMOVE'] }],
    ['a number as a text', { price: ['120'] }],
    ['a text by a range', { dynamodb: { NewImage: { age: { N: [{ numeric: ['>', 40] }] } } } }],
    ['a number out of range', { price: [{ numeric: ['<', 120] }] }],
    ['an address outside', { address: [{ cidr: '10.2.0.0/16' }] }],
    ['a value that is excluded', { kind: [{ 'anything-but': ['order'] }] }],
    ['nothing by anything-but', { missing: [{ 'anything-but': ['order'] }] }],
    ['what is there by exists: false', { kind: [{ exists: false }] }],
    ['maps of a list by halves', { lines: { sku: ['a'], count: [5] } }],
    ['a matcher that nobody knows', { kind: [{ sounds: 'order' }] }],
    ['no pattern at all', [] as object],
  ];
  for (const [what, pattern] of others) {
    it(`does not match ${what}`, () => expect(matchesPattern(pattern, event)).toBe(false));
  }
});
