// Applies a path to a document, with Jayway's rules for what is missing: on a definite way a missing step ends the
// whole path without a result, on an indefinite one only that branch.
import { JavaList, JavaMap, type JavaValue } from '../vtl/java-value.ts';
import { matchesCondition } from './match-condition.ts';
import { PathAborted, type PathContext, PathNotFound } from './path-context.ts';
import { applyFunction } from './path-function.ts';
import { isDefinite, type Path, type PathToken } from './path-node.ts';

interface Walk extends PathContext {
  readonly tokens: readonly PathToken[];
  readonly results: JavaValue[];
}

/** The value of a definite path, the list of what an indefinite one found; undefined when there is none. */
export const evaluatePath = (path: Path, current: JavaValue, context: PathContext): JavaValue | undefined => {
  const { tokens } = path;
  const results: JavaValue[] = [];
  try {
    visit({ ...context, tokens, results }, 0, path.fromRoot ? context.root : current);
  } catch (error) {
    if (error instanceof PathNotFound || error instanceof PathAborted) return undefined;
    throw error;
  }
  return isDefinite(tokens) ? results.at(-1) : new JavaList(results, true);
};

const visit = (walk: Walk, index: number, value: JavaValue): void => {
  walk.budget.step();
  const token = walk.tokens[index];
  if (token === undefined) {
    walk.results.push(value);
    return;
  }
  switch (token.type) {
    case 'property':
      visitProperty(walk, index, value, token.names);
      break;
    case 'wildcard':
      visitChildren(walk, index, value);
      break;
    case 'scan':
      scan(walk, index + 1, value);
      break;
    case 'index':
    case 'slice':
      visitItems(walk, index, value, token);
      break;
    case 'filter':
      visitFilter(walk, index, value, token);
      break;
    case 'function':
      visitFunction(walk, index, applyFunction(token, value, walk));
  }
};

/** A function's value is a result even where the path goes on from it. */
const visitFunction = (walk: Walk, index: number, value: JavaValue): void => {
  walk.results.push(value);
  if (index < walk.tokens.length - 1) visit(walk, index + 1, value);
};

/** Ends the path, or on an indefinite way this branch. */
const miss = (walk: Walk, index: number): void => {
  if (isDefinite(walk.tokens, index)) throw new PathNotFound();
};

const visitProperty = (walk: Walk, index: number, value: JavaValue, names: readonly string[]): void => {
  if (!(value instanceof JavaMap)) {
    miss(walk, index);
    return;
  }
  const isLeaf = index === walk.tokens.length - 1;
  if (names.length > 1 && isLeaf) {
    const known = names.filter((name) => value.has(name));
    walk.results.push(new JavaMap(known.map((name) => [name, value.get(name)])));
    return;
  }
  for (const name of names) {
    if (value.has(name)) visit(walk, index + 1, value.get(name));
    else if (!isLeaf && names.length === 1) miss(walk, index);
  }
};

const childrenOf = (value: JavaValue): readonly JavaValue[] => {
  if (value instanceof JavaMap) return value.entries().map((entry) => entry.value);
  return value instanceof JavaList ? value.items : [];
};

const visitChildren = (walk: Walk, index: number, value: JavaValue): void => {
  for (const child of childrenOf(value)) {
    try {
      visit(walk, index + 1, child);
    } catch (error) {
      if (!(error instanceof PathNotFound)) throw error;
    }
  }
};

const visitItems = (
  walk: Walk,
  index: number,
  value: JavaValue,
  token: Extract<PathToken, { type: 'index' | 'slice' }>,
): void => {
  if (!(value instanceof JavaList)) {
    miss(walk, index);
    return;
  }
  const { items } = value;
  const positions = token.type === 'index' ? token.indexes : slicePositions(items.length, token.from, token.to);
  for (const position of positions) {
    const item = items[position < 0 ? items.length + position : position];
    if (item !== undefined) visit(walk, index + 1, item);
  }
};

/** With both a start and an end, the positions run from one to the other, through those that count from the end. */
const slicePositions = (length: number, from: number | undefined, to: number | undefined): number[] => {
  const start = from === undefined ? 0 : from < 0 && to === undefined ? Math.max(0, length + from) : from;
  const stop = to === undefined ? length : Math.min(length, from === undefined && to < 0 ? length + to : to);
  return Array.from(
    { length: Math.max(0, stop - Math.max(start, -length)) },
    (_item, offset) => Math.max(start, -length) + offset,
  );
};

const visitFilter = (
  walk: Walk,
  index: number,
  value: JavaValue,
  token: Extract<PathToken, { type: 'filter' }>,
): void => {
  if (value instanceof JavaMap) {
    if (matchesCondition(token.condition, value, walk)) visit(walk, index + 1, value);
  } else if (value instanceof JavaList) {
    for (const item of value.items) {
      if (matchesCondition(token.condition, item, walk)) visit(walk, index + 1, item);
    }
  } else {
    miss(walk, index);
  }
};

/** `..`: the token at `index` on every map and list, outer ones first. */
const scan = (walk: Walk, index: number, value: JavaValue): void => {
  walk.budget.step();
  const token = walk.tokens[index];
  if (token === undefined) return;
  const isLeaf = index === walk.tokens.length - 1;
  if (isScanned(walk, token, value)) {
    if (value instanceof JavaList && !isLeaf) for (const item of value.items) visit(walk, index + 1, item);
    else visit(walk, index, value);
  }
  for (const child of childrenOf(value)) scan(walk, index, child);
};

const isScanned = (walk: Walk, token: PathToken, value: JavaValue): boolean => {
  if (!(value instanceof JavaMap) && !(value instanceof JavaList)) return false;
  if (token.type === 'property') return value instanceof JavaMap && token.names.every((name) => value.has(name));
  if (token.type === 'index' || token.type === 'slice') return value instanceof JavaList;
  return token.type === 'wildcard' || (token.type === 'filter' && matchesCondition(token.condition, value, walk));
};
