// What the parts of a path's evaluation share: the document, the bound, and a way to read a path inside a path.
import type { Budget } from '../vtl/budget.ts';
import type { JavaValue } from '../vtl/java-value.ts';
import type { Path } from './path-node.ts';

/** Nothing is there, and no other branch is to be looked at. */
export class PathNotFound extends Error {}

/** The path makes no sense for the document: it has no value, whatever its branches found. */
export class PathAborted extends Error {}

export interface PathContext {
  readonly root: JavaValue;
  readonly budget: Budget;
  /** The value of a path as seen from an element; undefined when there is none. */
  readonly read: (path: Path, element: JavaValue) => JavaValue | undefined;
}
