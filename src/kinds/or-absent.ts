// AWS's "not found" as an answer. Only that: any other error is thrown.

import { isNotFound } from '../aws/is-not-found.ts';

/** What a call answers, or undefined when the thing it asks for is not there. */
export async function orAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
