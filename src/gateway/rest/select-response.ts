// Which integration response applies to a status (HTTP, MOCK, services) or to a function's error message.

import type { RestIntegrationResponse } from '../../api/definition.ts';
import { GatewayFault } from './fault.ts';

/**
 * The first response whose pattern matches the whole subject, else the default one (without a pattern). A subject of
 * undefined, as a function's success is, takes the default.
 * @throws GatewayFault 500 when nothing matches and there is no default, or a pattern is no regular expression.
 */
export function selectResponse(
  responses: readonly RestIntegrationResponse[],
  subject: string | undefined,
): RestIntegrationResponse {
  // AWS keeps them in a map by status code, so their order is that of the codes.
  const ordered = [...responses].sort((a, b) => a.statusCode.localeCompare(b.statusCode));
  const chosen =
    subject === undefined
      ? undefined
      : ordered.find((each) => isPattern(each.selectionPattern) && matchesWhole(each.selectionPattern, subject));
  const response = chosen ?? ordered.find((each) => !isPattern(each.selectionPattern));
  if (response !== undefined) return response;
  throw new GatewayFault('configuration', {
    reason: `no integration response matches ${JSON.stringify(subject ?? 'success')}, and there is no default one`,
  });
}

function isPattern(pattern: string | null | undefined): pattern is string {
  return pattern !== null && pattern !== undefined && pattern !== '';
}

/** Java's `matches`: the whole text, with leading inline flags. @throws GatewayFault 500 for a broken pattern. */
export function matchesWhole(pattern: string, text: string): boolean {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const source = inline === null ? pattern : pattern.slice(inline[0].length);
  try {
    return new RegExp(`^(?:${source})$`, inline?.[1]).test(text);
  } catch (cause) {
    throw new GatewayFault('configuration', {
      reason: `the pattern ${pattern} is no regular expression: ${cause instanceof Error ? cause.message : cause}`,
    });
  }
}
