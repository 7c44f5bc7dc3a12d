// A JsonPath that cannot be read, or cannot be applied at all. A path that finds nothing is no error.
import { ApigenError } from '../../errors.ts';

export class JsonPathError extends ApigenError {
  constructor(path: string, problem: string) {
    super({
      code: 'JSON_PATH_INVALID',
      summary: `JSONPath ${path}: ${problem}`,
      hint: "write it as $.name, $['a name'], $.list[0] or $.list[?(@.x == 1)]",
    });
    this.name = 'JsonPathError';
  }
}
