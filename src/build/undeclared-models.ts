// Finds models that a bundle holds and apigen.yml does not name: no table would be made for them, and the first call
// would fail in AWS. A warning only, since the text of a file cannot prove it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import type { Problem } from '../errors.ts';
import { isPrelude } from './dynamoose-prelude.ts';

/** `dynamoose.model('Order', …)`, also with type arguments; a look-up of a known model has one argument. */
const DEFINITION = /\bmodel\s*(?:<[^()]*>)?\(\s*(["'`])([^"'`]+)\1\s*,/;

/**
 * @param root real path of the project
 * @param inputs paths relative to it
 * @param declared absolute paths of model files
 */
export function undeclaredModels(
  root: string,
  inputs: readonly string[],
  metafile: Metafile,
  declared: ReadonlyMap<string, unknown>,
): readonly Problem[] {
  return inputs.flatMap((input) => {
    const usesDynamoose = metafile.inputs[input]?.imports.some(({ path }) => isPrelude(path)) ?? false;
    const file = join(root, input);
    if (!usesDynamoose || declared.has(file) || input.includes('node_modules/')) return [];
    const text = readFileSync(file, 'utf8');
    const match = DEFINITION.exec(text);
    if (match === null) return [];
    const before = text.slice(0, match.index);
    const line = before.split('\n').length;
    const name = match[2] ?? '';
    return [
      {
        code: 'MODEL_NOT_DECLARED',
        message: `${input} defines the model ${name}, which apigen.yml does not name: it gets no table`,
        hint: `Add it to apigen.yml, under models: ${name}: ${input}`,
        position: { file, line, column: match.index - before.lastIndexOf('\n') },
      },
    ];
  });
}
