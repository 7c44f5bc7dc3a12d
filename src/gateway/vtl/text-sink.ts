// Gathers a text piece by piece within the budget: no rendering, however it shares or repeats values, outgrows it.
import { type Budget, MAX_TEXT_LENGTH } from './budget.ts';

export class TextSink {
  readonly #parts: string[] = [];
  readonly #budget: Budget;
  #length = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** @throws JavaFailure when the text becomes too long. */
  write(part: string): void {
    this.#length += part.length;
    if (this.#length > MAX_TEXT_LENGTH) this.#budget.text(this.#length);
    this.#parts.push(part);
  }

  text(): string {
    this.#budget.text(this.#length);
    return this.#parts.join('');
  }
}
