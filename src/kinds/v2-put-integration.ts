// Brings one integration, with the responses of a mapped one. What an update cannot take away, it is made anew without:
// the new one gets its routes first, then the old one goes.

import {
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
  DeleteIntegrationResponseCommand,
  UpdateIntegrationCommand,
} from '@aws-sdk/client-apigatewayv2';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { orAbsent } from './or-absent.ts';
import type { V2Place } from './v2-converge.ts';
import { integrationFrom, integrationInput, type V2IntegrationProps } from './v2-integration.ts';
import { takesAway } from './v2-spelling.ts';
import type { LiveIntegration } from './v2-working-copy.ts';

const json = (value: unknown): Json => value as Json;

/** @returns its id */
export async function putIntegration(
  place: V2Place,
  key: string,
  props: V2IntegrationProps,
  live: LiveIntegration | undefined,
): Promise<string> {
  const { aws, ApiId, protocol } = place;
  const input = integrationInput(ApiId, key, props, protocol);
  const now = live && integrationFrom(live.item, live.responses, protocol);
  if (!live || !now || isAnother(now, props)) {
    const { IntegrationId = '' } = await aws.apiGatewayV2.send(new CreateIntegrationCommand(input));
    await putResponses(place, IntegrationId, props, [], undefined);
    return IntegrationId;
  }
  const { IntegrationId = '' } = live.item;
  if (!equal(json({ ...now, responses: {} }), json({ ...props, responses: {} }))) {
    await aws.apiGatewayV2.send(new UpdateIntegrationCommand({ ...input, IntegrationId }));
  }
  await putResponses(place, IntegrationId, props, live.responses, now);
  return IntegrationId;
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html */
function isAnother(now: V2IntegrationProps, props: V2IntegrationProps): boolean {
  const { responses: _, ...was } = now;
  return now.type !== props.type || now.subtype !== props.subtype || takesAway(json(was), json(props));
}

/** One that differs is made anew: it serves nobody before the next deployment. */
async function putResponses(
  { aws, ApiId }: V2Place,
  IntegrationId: string,
  props: V2IntegrationProps,
  live: LiveIntegration['responses'],
  now: V2IntegrationProps | undefined,
): Promise<void> {
  const isRight = (key: string): boolean =>
    key in props.responses && equal(json(now?.responses[key]), json(props.responses[key]));
  for (const { IntegrationResponseId, IntegrationResponseKey = '' } of live) {
    if (isRight(IntegrationResponseKey)) continue;
    const at = { ApiId, IntegrationId, IntegrationResponseId };
    await orAbsent(aws.apiGatewayV2.send(new DeleteIntegrationResponseCommand(at)));
  }
  for (const [key, response] of Object.entries(props.responses)) {
    if (isRight(key)) continue;
    const { responseTemplates, templateSelectionExpression } = response;
    await aws.apiGatewayV2.send(
      new CreateIntegrationResponseCommand({
        ApiId,
        IntegrationId,
        IntegrationResponseKey: key,
        ...(Object.keys(responseTemplates).length > 0 && { ResponseTemplates: { ...responseTemplates } }),
        ...(templateSelectionExpression && { TemplateSelectionExpression: templateSelectionExpression }),
      }),
    );
  }
}
