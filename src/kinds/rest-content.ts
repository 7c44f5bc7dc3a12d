// The content of a REST API's definition as it stands in the working copy: methods and all they refer to, read
// together, with minted ids turned into names.

import type { Aws } from '../aws/aws.ts';
import type { Json } from '../engine/kind.ts';
import { type RestAuthorizerProps, restAuthorizers } from './rest-authorizers.ts';
import { type RestGatewayResponseProps, restGatewayResponses } from './rest-gateway-responses.ts';
import { type MintedNames, methodFrom, type RestMethodProps } from './rest-method.ts';
import { restModels } from './rest-models.ts';
import { type Items, type LiveChild, managedItems, strangers } from './rest-part.ts';
import { type RestValidatorProps, restValidators } from './rest-validators.ts';
import { readWorkingCopy, type WorkingCopy } from './rest-working-copy.ts';

/** What a deployment freezes. */
export interface RestContent {
  /** By `GET /path`. */
  readonly methods: Items<RestMethodProps>;
  readonly authorizers: Items<RestAuthorizerProps>;
  readonly validators: Items<RestValidatorProps>;
  readonly models: Items<Json>;
  /** By type: `DEFAULT_4XX`. */
  readonly gatewayResponses: Items<RestGatewayResponseProps>;
}

export const contentFields = ['methods', 'authorizers', 'validators', 'models', 'gatewayResponses'] as const;

export interface LiveContent {
  readonly copy: WorkingCopy;
  readonly authorizers: readonly LiveChild<RestAuthorizerProps>[];
  readonly validators: readonly LiveChild<RestValidatorProps>[];
  readonly models: readonly LiveChild<Json>[];
  readonly gatewayResponses: readonly LiveChild<RestGatewayResponseProps>[];
}

/** @throws ApigenError of absence, when the API is gone */
export async function readContent(aws: Aws, restApiId: string): Promise<LiveContent> {
  const [copy, authorizers, validators, models, gatewayResponses] = await Promise.all([
    readWorkingCopy(aws, restApiId),
    restAuthorizers.list(aws, restApiId),
    restValidators.list(aws, restApiId),
    restModels.list(aws, restApiId),
    restGatewayResponses.list(aws, restApiId),
  ]);
  return { copy, authorizers, validators, models, gatewayResponses };
}

/** Names of our children by id. */
const namesOf = (live: readonly LiveChild<unknown>[]): ReadonlyMap<string, string> =>
  new Map(live.flatMap(({ id, name, ours }) => (ours ? [[id, name] as const] : [])));

/** Ids of our children by name: the first of a name, as is compared. */
export const idsOf = (live: readonly LiveChild<unknown>[]): ReadonlyMap<string, string> =>
  new Map(live.flatMap(({ id, name, ours }) => (ours ? [[name, id] as const] : [])).reverse());

/** A live method as props. */
export function liveMethod(live: LiveContent, key: string, wanted?: RestMethodProps): RestMethodProps | undefined {
  const method = live.copy.methods.get(key);
  const path = key.slice(key.indexOf(' ') + 1);
  const minted: MintedNames = {
    authorizers: namesOf(live.authorizers),
    validators: namesOf(live.validators),
    resourceId: live.copy.resources.get(path)?.id ?? '',
  };
  return method && methodFrom(method, minted, wanted);
}

/** What is managed besides the methods. */
export const managedParts = (live: LiveContent, wanted: RestContent): Omit<RestContent, 'methods'> => ({
  authorizers: managedItems(live.authorizers, wanted.authorizers),
  validators: managedItems(live.validators, wanted.validators),
  models: managedItems(live.models, wanted.models),
  gatewayResponses: managedItems(live.gatewayResponses, wanted.gatewayResponses),
});

/** Children besides methods that nobody declared. */
export const unknownParts = (live: LiveContent, wanted: RestContent): readonly string[] => [
  ...strangers(restAuthorizers, live.authorizers, wanted.authorizers),
  ...strangers(restValidators, live.validators, wanted.validators),
  ...strangers(restModels, live.models, wanted.models),
];
