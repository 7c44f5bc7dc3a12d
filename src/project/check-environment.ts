// A function's environment as a whole: what Lambda takes, and names that apigen sets itself.

import { LAMBDA_ENVIRONMENT_BYTES } from './limits.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath } from './project.ts';

/** Adds what is wrong with an environment, that of the defaults included. */
export function checkEnvironment(
  environment: Readonly<Record<string, string>>,
  path: ProjectPath,
  models: readonly string[],
  problems: ProblemList,
): void {
  const where = formatPath(path);
  for (const model of models) {
    const name = tableVariable(model);
    if (!Object.hasOwn(environment, name)) continue;
    problems.addUnlessKnown([...path, name], {
      code: 'INVALID_ENVIRONMENT_NAME',
      message: `${where}: ${name} is set by apigen to the name of the table of ${model}`,
      hint: 'Remove it, or choose another name.',
      atKey: true,
    });
  }
  const bytes = Object.entries(environment).reduce((sum, [key, value]) => sum + Buffer.byteLength(key + value), 0);
  if (bytes <= LAMBDA_ENVIRONMENT_BYTES) return;
  problems.add(path, {
    code: 'ENVIRONMENT_TOO_LARGE',
    message: `${where}: the environment has ${bytes} bytes of names and values; Lambda takes ${LAMBDA_ENVIRONMENT_BYTES}`,
    hint: 'Keep large values in a file that the handler imports, or in Parameter Store.',
  });
}

/** A variable has one value: from `environment` or from a secret. */
export function checkSecrets(
  secrets: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>>,
  path: ProjectPath,
  problems: ProblemList,
): void {
  for (const name of Object.keys(secrets)) {
    if (!Object.hasOwn(environment, name)) continue;
    problems.addUnlessKnown([...path, name], {
      code: 'INVALID_ENVIRONMENT_NAME',
      message: `${formatPath(path)}: ${name} is set by environment and by secrets`,
      hint: 'Remove one of the two.',
      atKey: true,
    });
  }
}

/** `OrderLine` → `ORDER_LINE_TABLE`: how functions learn the name of a table. */
function tableVariable(model: string): string {
  return `${model.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}_TABLE`;
}
