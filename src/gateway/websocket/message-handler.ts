// One message of a client: its route, the route's model, the integration, and what goes back on the socket. Routes are
// one-way: only a route response sends the integration's body, while failures are always told.

import type { WebSocketApiDefinition } from '../../api/definition.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { mintRequestId } from '../mint-ids.ts';
import { Models } from '../validation/models.ts';
import type { Connection } from './connection.ts';
import type { WebSocketLimits } from './limits.ts';
import { createRouteSelection } from './route-selection.ts';
import { badBodyFrame, errorFrame } from './socket-answer.ts';
import { messageEvent, type SocketPlace } from './socket-event.ts';
import { callIntegration } from './socket-integration.ts';

/** Handles messages; never rejects. */
export function createMessageHandler(
  definition: WebSocketApiDefinition,
  environment: GatewayEnvironment,
  place: SocketPlace,
  limits: WebSocketLimits,
  admit: (routeKey: string) => boolean,
): (connection: Connection, message: string, signal: AbortSignal) => Promise<void> {
  const selectRoute = createRouteSelection(definition.routeSelectionExpression, definition.routes);
  const models = new Models(definition.models);

  return async (connection, message, signal) => {
    const { peer } = connection;
    const requestId = mintRequestId();
    const route = selectRoute(message);
    if (route === undefined) {
      tell(connection, errorFrame('Forbidden', peer.connectionId, requestId));
      return;
    }
    if (!admit(route.routeKey)) return tell(connection, errorFrame('Too Many Requests', peer.connectionId, requestId));
    const messageId = mintRequestId();
    if (route.requestModel !== undefined) {
      const verdict = validate(models, route.requestModel, message);
      if (verdict === 'invalid') return tell(connection, badBodyFrame(peer.connectionId, messageId));
      if (verdict !== 'valid') {
        environment.note(`${route.routeKey}: model ${route.requestModel}: ${verdict.problem}`);
        return tell(connection, errorFrame('Internal server error', peer.connectionId, requestId));
      }
    }
    const call = { routeKey: route.routeKey, requestId, at: Date.now(), messageId };
    const event = messageEvent(place, peer, call, message);
    const integration = { routeKey: route.routeKey, requestId, event, body: message, signal };
    const end = await callIntegration(route.integration, integration, place, environment, limits);
    if (end.type === 'failure') tell(connection, errorFrame(end.message, peer.connectionId, requestId));
    else if (route.routeResponse) {
      if (Buffer.byteLength(end.body) <= limits.messageBytes) return tell(connection, end.body);
      environment.note(`${route.routeKey}: the answer is larger than the ${limits.messageBytes} bytes of a message`);
      tell(connection, errorFrame('Internal server error', peer.connectionId, requestId));
    }
  };
}

// A client that does not read what it asked for is cut off rather than buffered for.
function tell(connection: Connection, text: string): void {
  if (connection.send(text) === 'full') connection.close(1001, 'Going away');
}

function validate(models: Models, model: string, message: string): 'valid' | 'invalid' | { readonly problem: string } {
  try {
    return models.validate(model, message) === undefined ? 'valid' : 'invalid';
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}
