// `Object.equals` between values: a number equals only its own type, collections compare element by element. Bounded
// by the budget, since values may share or hold one another.
import type { Budget } from './budget.ts';
import { JavaDecimal, JavaInteger, JavaReal } from './java-number.ts';
import { JavaChar, JavaEntry, JavaList, JavaMap, type JavaValue, JavaView } from './java-value.ts';

const MAX_COMPARE_DEPTH = 500;

/** @throws JavaFailure when comparing takes too long. */
export const javaEquals = (a: JavaValue, b: JavaValue, budget: Budget, depth = 0): boolean => {
  budget.step();
  if (a === b) return true;
  if (depth > MAX_COMPARE_DEPTH) return false;
  if (a instanceof JavaInteger) return b instanceof JavaInteger && a.type === b.type && a.value === b.value;
  if (a instanceof JavaReal) return b instanceof JavaReal && Object.is(a.value, b.value);
  if (a instanceof JavaDecimal) return b instanceof JavaDecimal && a.unscaled === b.unscaled && a.scale === b.scale;
  if (a instanceof JavaChar) return b instanceof JavaChar && a.value === b.value;
  if (a instanceof JavaEntry) {
    return (
      b instanceof JavaEntry &&
      javaEquals(a.key, b.key, budget, depth + 1) &&
      javaEquals(a.value, b.value, budget, depth + 1)
    );
  }
  if (a instanceof JavaMap) return b instanceof JavaMap && equalMaps(a, b, budget, depth);
  if (a instanceof JavaList && b instanceof JavaList) {
    return (
      a.items.length === b.items.length &&
      a.items.every((item, index) => javaEquals(item, b.items[index] ?? null, budget, depth + 1))
    );
  }
  return a instanceof JavaView && b instanceof JavaView && equalViews(a, b, budget, depth);
};

const equalMaps = (a: JavaMap, b: JavaMap, budget: Budget, depth: number): boolean =>
  a.size === b.size &&
  a.entries().every(({ key, value }) => b.has(key) && javaEquals(value, b.get(key), budget, depth + 1));

/** `keySet()` and `entrySet()` are sets; `values()` equals only itself. */
const equalViews = (a: JavaView, b: JavaView, budget: Budget, depth: number): boolean => {
  if (a.part !== b.part || a.part === 'values' || a.map.size !== b.map.size) return false;
  if (a.part === 'entries') return equalMaps(a.map, b.map, budget, depth);
  return a.map.entries().every(({ key }) => b.map.has(key));
};
