// Java's regular expressions on JavaScript's engine: `matches`, `replaceAll` and `split` with Java's results. A pattern
// that backtracks without end is stopped, because texts come from requests.
import { MAX_MATCH_MS, matchWithin } from '../bounded-match.ts';
import { type Budget, MAX_TEXT_LENGTH } from './budget.ts';
import { JavaFailure } from './java-failure.ts';
import { translateRegex } from './translate-regex.ts';

const MAX_CACHED = 200;

interface Pattern {
  readonly regex: RegExp;
  readonly whole: RegExp;
}

const cache = new Map<string, Pattern>();

/** @throws JavaFailure on a pattern that Java would refuse or this engine cannot express. */
const compile = (pattern: string): Pattern => {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const { source, flags } = translateRegex(pattern);
  let compiled: Pattern;
  try {
    const whole = new RegExp(`^(?:${source})$`, flags.replace('m', ''));
    compiled = { regex: new RegExp(source, `g${flags}`), whole };
  } catch (error) {
    throw new JavaFailure(`PatternSyntaxException: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
};

/** @throws JavaFailure past the time limit. */
const bounded = <T>(pattern: Pattern, text: string, task: () => T): T => {
  const end = matchWithin(pattern.regex.source, text, task);
  if (end === undefined) throw new JavaFailure(`a regular expression takes longer than ${MAX_MATCH_MS} ms`);
  return end.result;
};

/** `text.matches(pattern)`. */
export const matchesWhole = (text: string, pattern: string): boolean => {
  const compiled = compile(pattern);
  return bounded(compiled, text, () => compiled.whole.test(text));
};

/** `text.replaceAll(pattern, replacement)`, or `replaceFirst`. */
export const replaceMatches = (
  text: string,
  pattern: string,
  replacement: string,
  all: boolean,
  budget: Budget,
): string => {
  const compiled = compile(pattern);
  const replaced = bounded(compiled, text, () => {
    let result = '';
    let end = 0;
    for (const match of text.matchAll(compiled.regex)) {
      result += text.slice(end, match.index) + expand(replacement, match);
      end = match.index + match[0].length;
      if (!all || result.length > MAX_TEXT_LENGTH) break;
    }
    return result + text.slice(end);
  });
  budget.text(replaced.length);
  return replaced;
};

/** The replacement's `$1`, `${name}` and `\x`; as many digits as name a group that exists. */
const expand = (replacement: string, match: RegExpExecArray): string => {
  let result = '';
  for (let at = 0; at < replacement.length; at += 1) {
    const char = replacement.charAt(at);
    if (char === '\\') {
      at += 1;
      if (at >= replacement.length)
        throw new JavaFailure('IllegalArgumentException: character to be escaped is missing');
      result += replacement.charAt(at);
    } else if (char === '$') {
      const group = /^\$(?:\{([a-zA-Z][a-zA-Z0-9]*)\}|([0-9]+))/.exec(replacement.slice(at));
      const key = group?.[1] ?? knownGroup(group?.[2] ?? '', match.length - 1);
      if (group?.[1] !== undefined && !Object.hasOwn(match.groups ?? {}, group[1])) {
        throw new JavaFailure(`IllegalArgumentException: No group with name {${group[1]}}`);
      }
      result += (group?.[1] === undefined ? match[Number(key)] : match.groups?.[key]) ?? '';
      at += group?.[1] === undefined ? key.length : group[0].length - 1;
    } else {
      result += char;
    }
  }
  return result;
};

const knownGroup = (digits: string, groups: number): string => {
  if (digits === '') throw new JavaFailure('IllegalArgumentException: Illegal group reference');
  if (Number(digits.charAt(0)) > groups) {
    throw new JavaFailure(`IndexOutOfBoundsException: No group ${digits.charAt(0)}`);
  }
  let length = 1;
  while (length < digits.length && Number(digits.slice(0, length + 1)) <= groups) length += 1;
  return digits.slice(0, length);
};

/** `text.split(pattern, limit)`: without a limit, trailing empty parts are dropped; a leading empty match splits nothing. */
export const splitByRegex = (text: string, pattern: string, limit: number): string[] => {
  const compiled = compile(pattern);
  const parts = bounded(compiled, text, () => {
    const found: string[] = [];
    let end = 0;
    for (const match of text.matchAll(compiled.regex)) {
      if (limit > 0 && found.length === limit - 1) break;
      const next = match.index + match[0].length;
      if (next === 0 || (match[0] === '' && match.index === text.length)) continue;
      found.push(text.slice(end, match.index));
      end = next;
    }
    return end === 0 && found.length === 0 ? [text] : [...found, text.slice(end)];
  });
  if (limit === 0 && parts.length > 1) while (parts.at(-1) === '' && parts.length > 0) parts.pop();
  return parts;
};
