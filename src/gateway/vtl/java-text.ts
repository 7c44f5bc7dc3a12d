// How Java prints values: maps `{k=v}`, lists `[a, b]`, and the arrays of a JSON document as compact JSON, which is
// json-smart's JSONArray.toString(). Bounded by the budget, whatever shares or contains whatever.
import type { Budget } from './budget.ts';
import { JavaFailure } from './java-failure.ts';
import { isJavaNumber, JavaReal, numberText } from './java-number.ts';
import { JavaArray, JavaChar, JavaEntry, JavaHost, JavaList, JavaMap, type JavaValue, JavaView } from './java-value.ts';
import { TextSink } from './text-sink.ts';

/** Documents nest 400 deep at most; a list that holds itself goes on for ever. */
const MAX_VALUE_DEPTH = 500;

/** `value.toString()`; null when Java's would be, or the value is null. @throws JavaFailure when it is too long. */
export const javaText = (value: JavaValue, budget: Budget): string | null => {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof JavaHost) return value.text();
  const sink = new TextSink(budget);
  writeText(sink, value, budget, 0);
  return sink.text();
};

const writeText = (sink: TextSink, value: JavaValue, budget: Budget, depth: number): void => {
  budget.step();
  if (depth > MAX_VALUE_DEPTH) throw new JavaFailure('the value contains itself or nests too deeply');
  if (value instanceof JavaMap) {
    if (!value.silent) writeAll(sink, '{', '}', ', ', value.entries(), budget, depth, value);
  } else if (value instanceof JavaEntry) {
    writeText(sink, value.key, budget, depth + 1);
    sink.write('=');
    writeText(sink, value.value, budget, depth + 1);
  } else if (value instanceof JavaList && value.isJson) {
    writeJson(sink, value, budget, depth, true);
  } else if (value instanceof JavaList || value instanceof JavaView) {
    writeAll(sink, '[', ']', ', ', value.items, budget, depth, value);
  } else {
    sink.write(scalarText(value));
  }
};

const writeAll = (
  sink: TextSink,
  open: string,
  close: string,
  separator: string,
  items: readonly JavaValue[],
  budget: Budget,
  depth: number,
  owner: JavaMap | JavaList | JavaView,
): void => {
  sink.write(open);
  items.forEach((item, index) => {
    if (index > 0) sink.write(separator);
    const inner = item instanceof JavaEntry && owner instanceof JavaMap ? item.value : item;
    if (inner !== owner) writeText(sink, item, budget, depth + 1);
    else sink.write(owner instanceof JavaMap ? `${mapKeyText(item)}=(this Map)` : '(this Collection)');
  });
  sink.write(close);
};

const mapKeyText = (entry: JavaValue): string => (entry instanceof JavaEntry ? scalarText(entry.key) : '');

const scalarText = (value: JavaValue): string => {
  if (isJavaNumber(value)) return numberText(value);
  if (value instanceof JavaChar) return value.value;
  if (value instanceof JavaArray) return `${value.className}@1b6d3586`;
  if (value instanceof JavaHost) return value.text() ?? 'null';
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return String(value);
  return 'java.lang.Object@1b6d3586';
};

/** A value as the JSON that `$input.json()` renders: `/` stays, other than in a printed array. @throws JavaFailure */
export const jsonText = (value: JavaValue, budget: Budget): string => {
  const sink = new TextSink(budget);
  writeJson(sink, value, budget, 0, false);
  return sink.text();
};

const writeJson = (sink: TextSink, value: JavaValue, budget: Budget, depth: number, escapesSlash: boolean): void => {
  budget.step();
  if (depth > MAX_VALUE_DEPTH) throw new JavaFailure('the value contains itself or nests too deeply');
  if (value instanceof JavaMap) {
    sink.write('{');
    value.entries().forEach((entry, index) => {
      sink.write(`${index > 0 ? ',' : ''}${jsonString(scalarText(entry.key), escapesSlash)}:`);
      writeJson(sink, entry.value, budget, depth + 1, escapesSlash);
    });
    sink.write('}');
  } else if (value instanceof JavaList || value instanceof JavaView || value instanceof JavaArray) {
    sink.write('[');
    value.items.forEach((item, index) => {
      if (index > 0) sink.write(',');
      writeJson(sink, item, budget, depth + 1, escapesSlash);
    });
    sink.write(']');
  } else if (value instanceof JavaReal) {
    sink.write(Math.abs(value.value) === Number.POSITIVE_INFINITY ? 'null' : numberText(value));
  } else if (value === null || typeof value === 'boolean' || isJavaNumber(value)) {
    sink.write(scalarText(value));
  } else {
    sink.write(jsonString(scalarText(value), escapesSlash));
  }
};

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['/', '\\/'],
]);

/** json-smart's escapes: control characters and U+2000 to U+20FF as `\uXXXX`, other text as it is. */
const jsonString = (text: string, escapesSlash: boolean): string => {
  let escaped = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (!isEscapedInJson(char, escapesSlash)) continue;
    escaped += text.slice(copied, at);
    escaped += SHORT_ESCAPES.get(char) ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    copied = at + 1;
  }
  return `"${escaped}${text.slice(copied)}"`;
};

const isEscapedInJson = (char: string, escapesSlash: boolean): boolean => {
  if (char === '/') return escapesSlash;
  return char < ' ' || char === '"' || char === '\\' || (char >= '\x7f' && char <= '\x9f') || isPunctuation(char);
};

/** U+2000 to U+20FF: the line and paragraph separators, and what json-smart throws in with them. */
const isPunctuation = (char: string): boolean => char >= '\u2000' && char <= '\u20ff';
