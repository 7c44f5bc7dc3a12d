// Runs what matches regular expressions under a time limit: patterns backtrack without end on some texts, and texts
// come from requests.
import { createContext, Script } from 'node:vm';

export const MAX_MATCH_MS = 500;
/** What no pattern can take long over. */
const SHORT_TEXT = 16;

const runner = new Script('task()');
const sandbox: { task: () => void } = { task: () => undefined };
const context = createContext(sandbox);

/** The task's result, or undefined when it took too long. @throws what the task throws. */
export const withinTime = <T>(task: () => T): { readonly result: T } | undefined => {
  const results: T[] = [];
  sandbox.task = () => {
    results.push(task());
  };
  try {
    runner.runInContext(context, { timeout: MAX_MATCH_MS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
  return results.length === 0 ? undefined : { result: results[0] as T };
};

/** The same for one match of the pattern `source`: what cannot take long runs as it is. */
export const matchWithin = <T>(source: string, text: string, task: () => T): { readonly result: T } | undefined =>
  text.length <= SHORT_TEXT || !/[*+?{]/.test(source) ? { result: task() } : withinTime(task);
