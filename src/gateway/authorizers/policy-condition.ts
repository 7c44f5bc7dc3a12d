// The conditions of a policy statement, as far as this machine can know their keys. An operator or key it does not
// know gives `unknown`, which the caller must read against the statement.

import { BlockList, isIP } from 'node:net';
import { matchesWildcard } from './wildcard.ts';

/** What conditions may ask for. */
export interface PolicyFacts {
  readonly sourceIp: string;
  readonly userAgent: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** True or false when every operator and key is known; an absent condition holds. */
export function conditionHolds(condition: unknown, facts: PolicyFacts): boolean | 'unknown' {
  if (condition === undefined || condition === null) return true;
  if (typeof condition !== 'object' || Array.isArray(condition)) return 'unknown';
  let answer: boolean | 'unknown' = true;
  for (const [operator, keys] of Object.entries(condition)) {
    if (typeof keys !== 'object' || keys === null) return 'unknown';
    for (const [key, wanted] of Object.entries(keys as Record<string, unknown>)) {
      const fact = factOf(key, facts);
      const values = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
      const holds = fact === undefined ? 'unknown' : test(operator, fact, values);
      // Conditions are joined by "and": one that is false settles it, whatever else is unknown.
      if (holds === false) return false;
      if (holds === 'unknown') answer = 'unknown';
    }
  }
  return answer;
}

function factOf(key: string, facts: PolicyFacts): string | undefined {
  switch (key.toLowerCase()) {
    case 'aws:sourceip':
      return facts.sourceIp;
    case 'aws:useragent':
      return facts.userAgent;
    case 'aws:currenttime':
      return new Date(facts.now).toISOString();
    case 'aws:epochtime':
      return String(Math.floor(facts.now / 1000));
    default:
      return undefined;
  }
}

function test(operator: string, fact: string, values: readonly string[]): boolean | 'unknown' {
  switch (operator) {
    case 'StringEquals':
      return values.includes(fact);
    case 'StringNotEquals':
      return !values.includes(fact);
    case 'StringEqualsIgnoreCase':
      return values.some((value) => value.toLowerCase() === fact.toLowerCase());
    case 'StringLike':
      return values.some((value) => matchesWildcard(value, fact));
    case 'StringNotLike':
      return !values.some((value) => matchesWildcard(value, fact));
    case 'IpAddress':
      return inRanges(fact, values);
    case 'NotIpAddress': {
      const inside = inRanges(fact, values);
      return inside === 'unknown' ? inside : !inside;
    }
    case 'DateLessThan':
      return values.some((value) => Date.parse(fact) < Date.parse(value));
    case 'DateGreaterThan':
      return values.some((value) => Date.parse(fact) > Date.parse(value));
    default:
      return 'unknown';
  }
}

function inRanges(address: string, ranges: readonly string[]): boolean | 'unknown' {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/');
    const family = isIP(net);
    const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
    if (family === 0 || !(bits >= 0 && bits <= (family === 4 ? 32 : 128))) return 'unknown';
    list.addSubnet(net, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
