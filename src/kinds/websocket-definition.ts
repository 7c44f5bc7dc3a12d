// The definition of a WebSocket API: its authorizers, models, integrations and routes with their responses, and the
// deployment that holds them.

import type { Kind } from '../engine/kind.ts';
import type { KindContext } from './kind-context.ts';
import { v2Definition } from './v2-definition.ts';

export const websocketDefinition = (context: KindContext): Kind =>
  v2Definition(context, { name: 'websocket-definition', title: 'routes of WebSocket API', protocol: 'WEBSOCKET' });
