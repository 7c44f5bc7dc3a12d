// The request validators of a REST API: at most one for each choice of what is checked, made because a method asks
// for it, named by the choice. AWS mints their ids.

import {
  CreateRequestValidatorCommand,
  DeleteRequestValidatorCommand,
  GetRequestValidatorsCommand,
  type RequestValidator,
  UpdateRequestValidatorCommand,
} from '@aws-sdk/client-api-gateway';
import { everyPage, type Items, markedName, type RestPart, unmarked } from './rest-part.ts';

export interface RestValidatorProps {
  readonly body: boolean;
  readonly parameters: boolean;
}

/** The validator of a method by what it checks; none is named by nothing. */
export function validatorName(checks: RestValidatorProps | undefined): string {
  if (!checks) return '';
  const { body, parameters } = checks;
  return body && parameters ? 'body-and-parameters' : body ? 'body' : parameters ? 'parameters' : '';
}

const everyChoice: Items<RestValidatorProps> = {
  body: { body: true, parameters: false },
  parameters: { body: false, parameters: true },
  'body-and-parameters': { body: true, parameters: true },
};

/** The validators that methods name. */
export function validatorsFor(methods: readonly { readonly validator: string }[]): Items<RestValidatorProps> {
  const named = new Set(methods.map(({ validator }) => validator));
  return Object.fromEntries(Object.entries(everyChoice).filter(([name]) => named.has(name)));
}

export const restValidators: RestPart<RestValidatorProps> = {
  title: 'request validator',

  async list(aws, restApiId) {
    const all = await everyPage<RequestValidator>((position) =>
      aws.apiGateway.send(new GetRequestValidatorsCommand({ restApiId, limit: 500, ...position })),
    );
    return all.map(({ id = '', name = '', validateRequestBody, validateRequestParameters }) => ({
      id,
      ...unmarked(name),
      item: { body: validateRequestBody ?? false, parameters: validateRequestParameters ?? false },
    }));
  },

  async put(aws, { restApiId, name }, { body, parameters }, live) {
    if (live) {
      const patchOperations = [
        { op: 'replace' as const, path: '/validateRequestBody', value: String(body) },
        { op: 'replace' as const, path: '/validateRequestParameters', value: String(parameters) },
      ];
      await aws.apiGateway.send(
        new UpdateRequestValidatorCommand({ restApiId, requestValidatorId: live.id, patchOperations }),
      );
      return;
    }
    await aws.apiGateway.send(
      new CreateRequestValidatorCommand({
        restApiId,
        name: markedName(name),
        validateRequestBody: body,
        validateRequestParameters: parameters,
      }),
    );
  },

  async remove(aws, restApiId, { id }) {
    await aws.apiGateway.send(new DeleteRequestValidatorCommand({ restApiId, requestValidatorId: id }));
  },
};
