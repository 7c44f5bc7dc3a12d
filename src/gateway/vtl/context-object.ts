// `$context`: maps that print as nothing, as AWS's do, and the two override maps that templates write. What they hold
// at the end is read back out as plain data; no value of a template leaves the engine in any other form.

import type { StringMap } from '../../api/definition.ts';
import { isRecord } from '../json-record.ts';
import type { Budget } from './budget.ts';
import { fitInteger, JavaInteger, JavaReal, numberText } from './java-number.ts';
import { javaText } from './java-text.ts';
import { itemsOf, JavaList, JavaMap, type JavaValue } from './java-value.ts';
import type { OverrideValues, TemplateOverrides, TemplateScope } from './template-scope.ts';

const MAX_DEPTH = 20;

/** The map `$context` names, with what earlier templates of the same request overrode. */
export const contextObject = (scope: TemplateScope): JavaMap => {
  const raw = scope.overrides?.raw ?? {};
  const context = mapOf(scope.context, 0);
  context.put('requestOverride', overrideMap(raw['requestOverride'], ['header', 'path', 'querystring']));
  context.put('responseOverride', overrideMap(raw['responseOverride'], ['header']));
  return context;
};

const overrideMap = (before: unknown, parts: readonly string[]): JavaMap => {
  const map = isRecord(before) ? mapOf(before, 0) : new JavaMap([], true);
  for (const part of parts) if (!(map.get(part) instanceof JavaMap)) map.put(part, new JavaMap([], true));
  return map;
};

const mapOf = (record: Readonly<Record<string, unknown>>, depth: number): JavaMap =>
  new JavaMap(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, javaValueOf(value, depth + 1)]),
    true,
  );

const javaValueOf = (value: unknown, depth: number): JavaValue => {
  if (value === null || depth > MAX_DEPTH) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? fitInteger(BigInt(value)) : new JavaReal(value);
  if (Array.isArray(value)) return new JavaList(value.map((item) => javaValueOf(item, depth + 1)));
  return isRecord(value) ? mapOf(value, depth) : null;
};

/** What the templates left in both maps. @throws JavaFailure when it is too large. */
export const readOverrides = (context: JavaMap, budget: Budget): TemplateOverrides => {
  const [request, response] = [mapAt(context, 'requestOverride'), mapAt(context, 'responseOverride')];
  const status = statusOf(response.get('status'));
  return {
    requestHeaders: valuesOf(mapAt(request, 'header'), budget),
    requestPath: textsOf(mapAt(request, 'path'), budget),
    requestQuery: valuesOf(mapAt(request, 'querystring'), budget),
    responseHeaders: valuesOf(mapAt(response, 'header'), budget),
    ...(status === undefined ? {} : { responseStatus: status }),
    raw: {
      requestOverride: plain(request, budget, 0),
      responseOverride: plain(response, budget, 0),
    },
  };
};

const mapAt = (map: JavaMap, key: string): JavaMap => {
  const value = map.get(key);
  return value instanceof JavaMap ? value : new JavaMap([], true);
};

const statusOf = (value: JavaValue): number | undefined => {
  const text = value instanceof JavaInteger ? numberText(value) : value;
  return typeof text === 'string' && /^[0-9]{3}$/.test(text) ? Number(text) : undefined;
};

const textsOf = (map: JavaMap, budget: Budget): StringMap =>
  Object.fromEntries(
    map.entries().flatMap(({ key, value }) => {
      const text = javaText(value, budget);
      return text === null ? [] : [[javaText(key, budget) ?? '', text]];
    }),
  );

const valuesOf = (map: JavaMap, budget: Budget): OverrideValues =>
  Object.fromEntries(
    map.entries().map(({ key, value }) => {
      const values = (itemsOf(value) ?? [value]).flatMap((item) => javaText(item, budget) ?? []);
      return [javaText(key, budget) ?? '', values];
    }),
  );

const plain = (value: JavaValue, budget: Budget, depth: number): unknown => {
  budget.step();
  if (depth > MAX_DEPTH) return null;
  if (value instanceof JavaMap) {
    const entries = value
      .entries()
      .map((entry) => [javaText(entry.key, budget) ?? '', plain(entry.value, budget, depth + 1)]);
    return Object.fromEntries(entries);
  }
  if (value instanceof JavaInteger) {
    const number = Number(value.value);
    return Number.isSafeInteger(number) ? number : numberText(value);
  }
  if (value instanceof JavaReal) return value.value;
  if (value === null || typeof value === 'boolean') return value;
  return itemsOf(value)?.map((item) => plain(item, budget, depth + 1)) ?? javaText(value, budget);
};
