// What a model may be called: it is a variable and a type in code, a table in DynamoDB, and a word in apigen.yml.

import { UsageError } from '../../errors.ts';
import { MODEL_NAME } from '../../project/schema/model.ts';
import { judgeName } from '../../project/schema/rule.ts';
import { isReserved } from './words.ts';

/** @throws UsageError `INVALID_NAME` */
export function requireModelName(name: string): void {
  const fault = judgeName(name, MODEL_NAME);
  const code = 'INVALID_NAME';
  if (fault !== undefined) {
    const summary = `The model name ${JSON.stringify(name)} ${fault.message}`;
    throw new UsageError({ code, summary, hint: fault.hint?.replace('Write ', 'apigen add-model ') });
  }
  if (!/^[A-Z]/.test(name)) {
    const better = name.charAt(0).toUpperCase() + name.slice(1);
    const summary = `The model name ${name} must begin with a capital letter, as classes do`;
    throw new UsageError({ code, summary, hint: `apigen add-model ${better}` });
  }
  if (!isReserved(name)) return;
  const summary = `The model cannot be called ${name}: JavaScript or Dynamoose has something of that name`;
  throw new UsageError({ code, summary, hint: `apigen add-model ${name}Record` });
}
