// A stage of an HTTP API. `$default` stands without a path prefix.

import type { CreateStageCommandInput, UpdateStageCommandInput } from '@aws-sdk/client-apigatewayv2';
import type { Kind } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { v2Stage } from './v2-stage.ts';

export const httpStageInputs = {
  ApiId: 'apiId',
  StageName: 'stageName',
  DeploymentId: ['snapshot', 'deploymentId'],
  Description: 'description',
  StageVariables: 'variables',
  DefaultRouteSettings: ['throttle', 'detailedMetrics'],
  RouteSettings: ['routeThrottles', 'detailedMetrics'],
  AccessLogSettings: 'accessLog',
  Tags: 'tags',
  AutoDeploy: fixed('false: a stage serves what a deploy made'),
  ClientCertificateId: unsupported('for WebSocket APIs'),
} satisfies Coverage<CreateStageCommandInput & UpdateStageCommandInput>;

export const httpStage = (context: KindContext): Kind => v2Stage(context, 'http-stage', 'HTTP');
