// Which mapping template applies: for a request by its Content-Type and the integration's passthrough behavior, for a
// response by what the client accepts.

import type { RestIntegration, StringMap } from '../../api/definition.ts';
import { mimeOf } from './binary.ts';
import { GatewayFault } from './fault.ts';

export interface ChosenTemplate {
  /** The template's key, as `application/json`. */
  readonly contentType: string;
  readonly template: string;
}

/**
 * The template of a request, or undefined for passing the body through. Only the MIME type of Content-Type counts, and
 * none counts as application/json.
 * @throws GatewayFault 415 where nothing may pass through.
 */
export function requestTemplate(
  integration: Pick<RestIntegration, 'requestTemplates' | 'passthroughBehavior'>,
  contentType: string | undefined,
): ChosenTemplate | undefined {
  const templates = integration.requestTemplates ?? {};
  const wanted = contentType === undefined ? 'application/json' : mimeOf(contentType);
  const found = find(templates, wanted) ?? find(templates, '$default');
  // An empty template means "no template" in the console and in every deploy tool.
  if (found !== undefined) return found.template === '' ? undefined : found;
  const behavior = integration.passthroughBehavior ?? 'WHEN_NO_MATCH';
  const passes =
    behavior === 'WHEN_NO_MATCH' || (behavior === 'WHEN_NO_TEMPLATES' && Object.keys(templates).length === 0);
  if (passes) return undefined;
  throw new GatewayFault('unsupportedMediaType', {
    reason: `no request template for ${wanted}, and passthroughBehavior is ${behavior}`,
  });
}

/** The template of a response: the first accepted type that has one, else the first there is. */
export function responseTemplate(
  templates: StringMap | undefined,
  accept: string | undefined,
): ChosenTemplate | undefined {
  const all = templates ?? {};
  const accepted = accept === undefined ? ['application/json'] : accept.split(',').map(mimeOf);
  for (const type of accepted) {
    const found = find(all, type === '*/*' ? 'application/json' : type);
    if (found !== undefined) return found.template === '' ? undefined : found;
  }
  const [first] = Object.entries(all);
  return first === undefined || first[1] === '' ? undefined : { contentType: first[0], template: first[1] };
}

function find(templates: StringMap, wanted: string): ChosenTemplate | undefined {
  const entry = Object.entries(templates).find(([type]) => type.toLowerCase() === wanted);
  return entry === undefined ? undefined : { contentType: entry[0], template: entry[1] ?? '' };
}
