// A Java exception inside a method call or a conversion: the evaluator that knows the place turns it into a
// TemplateError. It never leaves the engine.

export class JavaFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JavaFailure';
  }
}
