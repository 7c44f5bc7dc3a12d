// The definition of an HTTP API: its authorizers, integrations and routes, and the deployment that holds them.

import type { Kind } from '../engine/kind.ts';
import type { KindContext } from './kind-context.ts';
import { v2Definition } from './v2-definition.ts';

export const httpDefinition = (context: KindContext): Kind =>
  v2Definition(context, { name: 'http-definition', title: 'routes of HTTP API', protocol: 'HTTP' });
