// A stage of a WebSocket API. Its name is part of the address: `wss://…/{stage}`.

import type { CreateStageCommandInput, UpdateStageCommandInput } from '@aws-sdk/client-apigatewayv2';
import type { Kind } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { v2Stage } from './v2-stage.ts';

export const websocketStageInputs = {
  ApiId: 'apiId',
  StageName: 'stageName',
  DeploymentId: ['snapshot', 'deploymentId'],
  Description: 'description',
  StageVariables: 'variables',
  DefaultRouteSettings: ['throttle', 'detailedMetrics', 'executionLog'],
  RouteSettings: ['routeThrottles', 'detailedMetrics', 'executionLog'],
  AccessLogSettings: 'accessLog',
  Tags: 'tags',
  AutoDeploy: fixed('false: a stage serves what a deploy made'),
  ClientCertificateId: unsupported('backends that check client certificates are not offered'),
} satisfies Coverage<CreateStageCommandInput & UpdateStageCommandInput>;

export const websocketStage = (context: KindContext): Kind => v2Stage(context, 'websocket-stage', 'WEBSOCKET');
