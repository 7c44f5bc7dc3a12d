// Which methods and properties a value has: one table per Java type. The only way from a template to a value's inside.

import type { Budget } from './budget.ts';
import { ARRAY_METHODS, ITERATOR_METHODS, indexFromEnd, LIST_METHODS } from './collection-methods.ts';
import { classOf } from './java-class.ts';
import { JavaFailure } from './java-failure.ts';
import { invokeMethod } from './java-method.ts';
import { JavaDecimal, JavaInteger, JavaReal } from './java-number.ts';
import {
  itemsOf,
  JavaArray,
  JavaChar,
  JavaEntry,
  JavaHost,
  JavaIterator,
  JavaList,
  JavaMap,
  type JavaValue,
  JavaView,
} from './java-value.ts';
import { ENTRY_METHODS, MAP_METHODS, VIEW_METHODS } from './map-methods.ts';
import {
  BIG_METHODS,
  BOOLEAN_METHODS,
  CHAR_METHODS,
  INTEGER_METHODS,
  LONG_METHODS,
  REAL_METHODS,
} from './number-methods.ts';
import { STRING_METHODS } from './string-methods.ts';

/** `value.name(args)`; undefined when the type has no such method. @throws JavaFailure when the method throws. */
export const callMethod = (
  value: JavaValue,
  name: string,
  args: readonly JavaValue[],
  budget: Budget,
): JavaValue | undefined => {
  budget.step();
  if (name === 'getClass' && args.length === 0) return classOf(value);
  if (value instanceof JavaHost) return value.call(name, args);
  if (typeof value === 'string') return invokeMethod(STRING_METHODS, value, name, args, budget);
  if (typeof value === 'boolean') return invokeMethod(BOOLEAN_METHODS, value, name, args, budget);
  if (value instanceof JavaMap) return invokeMethod(MAP_METHODS, value, name, args, budget);
  if (value instanceof JavaList) return invokeMethod(LIST_METHODS, value, name, args, budget);
  if (value instanceof JavaView) return invokeMethod(VIEW_METHODS, value, name, args, budget);
  if (value instanceof JavaArray) return invokeMethod(ARRAY_METHODS, value, name, args, budget);
  if (value instanceof JavaEntry) return invokeMethod(ENTRY_METHODS, value, name, args, budget);
  if (value instanceof JavaIterator) return invokeMethod(ITERATOR_METHODS, value, name, args, budget);
  if (value instanceof JavaChar) return invokeMethod(CHAR_METHODS, value, name, args, budget);
  if (value instanceof JavaReal) return invokeMethod(REAL_METHODS, value, name, args, budget);
  if (value instanceof JavaDecimal) return invokeMethod(BIG_METHODS, value, name, args, budget);
  if (value instanceof JavaInteger && value.type === 'BigInteger')
    return invokeMethod(BIG_METHODS, value, name, args, budget);
  if (value instanceof JavaInteger) {
    return invokeMethod(value.type === 'Integer' ? INTEGER_METHODS : LONG_METHODS, value, name, args, budget);
  }
  return undefined;
};

/** `$value.name`: a map's entry, a bean property, `empty` of what has isEmpty(). Null when there is none. */
export const getProperty = (value: JavaValue, name: string): JavaValue => {
  // A map's own "class" is what a template means, although Velocity would find getClass() first.
  if (name === 'class' && !(value instanceof JavaMap && value.has(name))) return classOf(value) ?? null;
  if (value instanceof JavaMap) return value.get(name);
  if (value instanceof JavaHost) return value.property(name);
  if (value instanceof JavaEntry) return name === 'key' ? value.key : name === 'value' ? value.value : null;
  if (name !== 'empty' || value instanceof JavaArray) return null;
  if (typeof value === 'string') return value === '';
  return itemsOf(value)?.length === 0 ? true : itemsOf(value) === undefined ? null : false;
};

/** Whether the value has such a property to set. */
export const setProperty = (value: JavaValue, name: string, assigned: JavaValue): boolean => {
  if (value instanceof JavaHost) return value.setProperty(name, assigned);
  if (value instanceof JavaMap) value.put(name, assigned);
  else if (value instanceof JavaEntry && name === 'value') value.value = assigned;
  else return false;
  return true;
};

/** `$value[index]`. */
export const getIndex = (value: JavaValue, index: JavaValue, budget: Budget): JavaValue =>
  callMethod(value, 'get', [fromEnd(value, index)], budget) ?? null;

/** `#set($value[index] = assigned)`. */
export const setIndex = (value: JavaValue, index: JavaValue, assigned: JavaValue, budget: Budget): void => {
  const args = [fromEnd(value, index), assigned];
  if (callMethod(value, 'set', args, budget) === undefined) callMethod(value, 'put', args, budget);
};

const fromEnd = (value: JavaValue, index: JavaValue): JavaValue => {
  const size = value instanceof JavaMap ? value.size : itemsOf(value)?.length;
  if (!(index instanceof JavaInteger) || index.value >= 0n) return index;
  if (size === undefined) throw new JavaFailure(`a value without size() takes no negative index ${index.value}`);
  return indexFromEnd(index, size);
};
