// Event patterns: what a filter of an event source, or of a subscription to a topic, lets through. Names are matched
// with AND, the values of one name with OR, `$or` between its members; of a list in the event any element may match.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax and
// https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html

import { BlockList, isIP } from 'node:net';

/** Whether `event` has all that `pattern` asks for. A pattern that is none matches nothing. */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isMap(pattern)) return false;
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return Array.isArray(wanted) && wanted.some((one) => matchesPattern(one, event));
    const present = isMap(event) && Object.hasOwn(event, name);
    const value = present ? event[name] : undefined;
    if (isMap(wanted)) return nested(wanted, present ? value : {});
    return Array.isArray(wanted) && matchesAny(wanted, present, value);
  });
}

/** Of a list of maps one must have it all. */
const nested = (pattern: Pattern, value: unknown): boolean =>
  Array.isArray(value) ? value.some((one) => matchesPattern(pattern, one)) : matchesPattern(pattern, value);

type Pattern = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param rules the values of one name: any may match */
export function matchesAny(rules: readonly unknown[], present: boolean, value: unknown): boolean {
  const values = Array.isArray(value) ? value : [value];
  return rules.some((rule) => {
    // `exists` looks at leaves alone.
    if (isMap(rule) && 'exists' in rule) return rule['exists'] === (present && !isMap(value));
    return present && values.some((one) => matchesRule(rule, one));
  });
}

function matchesRule(rule: unknown, value: unknown): boolean {
  if (!isMap(rule)) return rule === value;
  return Object.entries(rule).every(([name, wanted]) => RULES[name]?.(wanted, value) ?? false);
}

type Rule = (wanted: unknown, value: unknown) => boolean;

const ofTexts =
  (holds: (wanted: string, value: string) => boolean): Rule =>
  (wanted, value) =>
    typeof wanted === 'string' && typeof value === 'string' && holds(wanted, value);

const ignoringCase =
  (holds: (wanted: string, value: string) => boolean): Rule =>
  (wanted, value) => {
    const inner = isMap(wanted) ? wanted['equals-ignore-case'] : undefined;
    if (inner === undefined) return ofTexts(holds)(wanted, value);
    return ofTexts((a, b) => holds(a.toLowerCase(), b.toLowerCase()))(inner, value);
  };

const RULES: Readonly<Record<string, Rule>> = {
  prefix: ignoringCase((wanted, value) => value.startsWith(wanted)),
  suffix: ignoringCase((wanted, value) => value.endsWith(wanted)),
  'equals-ignore-case': ofTexts((wanted, value) => value.toLowerCase() === wanted.toLowerCase()),
  wildcard: ofTexts((wanted, value) => new RegExp(`^${wanted.split('*').map(escaped).join('.*')}$`, 's').test(value)),
  numeric: (wanted, value) => typeof value === 'number' && Array.isArray(wanted) && inRange(wanted, value),
  cidr: ofTexts(inNetwork),
  'anything-but': (wanted, value) =>
    typeof value !== 'object' && (Array.isArray(wanted) ? wanted : [wanted]).every((one) => !matchesRule(one, value)),
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `[">", 0, "<=", 150]`. */
function inRange(wanted: readonly unknown[], value: number): boolean {
  if (wanted.length === 0 || wanted.length % 2 !== 0) return false;
  for (let at = 0; at < wanted.length; at += 2) {
    if (!(COMPARE[String(wanted[at])]?.(value, Number(wanted[at + 1])) ?? false)) return false;
  }
  return true;
}

function inNetwork(network: string, address: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || isIP(base) !== isIP(address)) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(bits), family);
  return list.check(address, family);
}
