// The one error the template engine throws: the template, or what it did with its input, is wrong. The gateway
// answers it with 500 `{"message":"Internal server error"}` and shows the summary in the terminal.
import { ApigenError } from '../../errors.ts';

/** A place in a template; both count from 1. */
export interface TemplatePosition {
  readonly line: number;
  readonly column: number;
}

export class TemplateError extends ApigenError {
  /** What is wrong, without the place. */
  readonly problem: string;
  readonly line: number;
  readonly column: number;

  constructor(problem: string, position: TemplatePosition, cause?: unknown) {
    super({
      code: 'TEMPLATE_FAILED',
      summary: `Mapping template, line ${position.line}, column ${position.column}: ${problem}`,
      detail: 'API Gateway answers 500 Internal server error to a request whose template fails.',
      hint: `correct the mapping template at line ${position.line}`,
      cause,
    });
    this.name = 'TemplateError';
    this.problem = problem;
    this.line = position.line;
    this.column = position.column;
  }
}
