import { inspect } from 'node:util';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { secretsOf } from '../../src/aws/redact.ts';
import { type Connected, createFunction, secretKey, startConnected, thrown } from './connected.ts';

let at: Connected;

beforeEach(async () => {
  at = await startConnected();
});

afterEach(() => at.scripted.close());

describe('secrets', () => {
  it('of a call appear in no error, however deep one looks, and in no log', async () => {
    const lines: string[] = [];
    const aws = await at.connect({ debug: (line) => lines.push(line) });
    const message =
      "1 validation error: Value '{TOKEN=open-sesame-1234}' at 'environment' is bad; Credential=AKIAEXAMPLEEXAMPLE/x Signature=abcdef0123";
    const refused = {
      status: 400,
      error: 'InvalidParameterValueException',
      message,
      body: { Echo: 'open-sesame-1234' },
    };
    at.scripted.script('CreateFunction', refused);
    at.scripted.script('UpdateFunctionConfiguration', refused);
    const { Environment } = createFunction.input;
    const update = new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...(Environment && { Environment }) });
    const errors = [await thrown(aws.lambda.send(createFunction)), await thrown(aws.lambda.send(update))];
    const shown = [inspect(errors, { depth: 20, showHidden: true }), JSON.stringify(at.events), ...lines].join('\n');
    expect(shown).toContain("at 'environment' is bad");
    for (const secret of ['open-sesame', 'AKIAEXAMPLE', 'abcdef0123', secretKey]) {
      expect(shown).not.toContain(secret);
    }
  });
});

it.each([
  ['environments', { Environment: { Variables: { A: 'secret-1', B: 'short' } } }, ['secret-1']],
  ['API keys', { name: 'partner', value: 'secret-2' }, ['secret-2']],
  ['stage variables', { variables: { a: 'secret-3' }, StageVariables: { b: 'secret-4' } }, ['secret-3', 'secret-4']],
  [
    'patches of stage variables, and no other patches',
    {
      patchOperations: [
        { op: 'replace', path: '/variables/token', value: 'secret-5' },
        { op: 'replace', path: '/description', value: 'description' },
      ],
    },
    ['secret-5'],
  ],
])('the values of %s are secrets', (_title, input, secrets) => {
  expect(secretsOf(input)).toEqual(secrets);
});
