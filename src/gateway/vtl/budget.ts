// Bounds one rendering: a template is trusted to be a template, not to end. Steps bound time, characters bound
// memory; whoever spends too much fails with a JavaFailure, as a template on AWS ends at the integration's timeout.
import { JavaFailure } from './java-failure.ts';

/** Characters of one text, and so of a rendered template. API Gateway's own payload limit is 10 MB. */
export const MAX_TEXT_LENGTH = 10 * 1024 * 1024;
/** Nesting of blocks, expressions, values and documents. */
export const MAX_DEPTH = 200;

const MAX_STEPS = 5_000_000;
const MAX_CHARACTERS = 20 * MAX_TEXT_LENGTH;

export class Budget {
  #steps = MAX_STEPS;
  #characters = MAX_CHARACTERS;

  /** @throws JavaFailure when the rendering has done too much. */
  step(count = 1): void {
    this.#steps -= count;
    if (this.#steps < 0) throw new JavaFailure(`the template takes more than ${MAX_STEPS} steps`);
  }

  /** Accounts for a text of this length. @throws JavaFailure when it, or all texts together, are too long. */
  text(length: number): void {
    this.#characters -= length;
    if (length > MAX_TEXT_LENGTH || this.#characters < 0) {
      throw new JavaFailure(`the template makes more than ${MAX_TEXT_LENGTH} characters`);
    }
  }
}
