// Where each field of API Gateway's inputs stands in the props of an HTTP API's definition.

import type {
  CreateDeploymentCommandInput,
  CreateIntegrationCommandInput,
  CreateRouteCommandInput,
  UpdateIntegrationCommandInput,
  UpdateRouteCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { type Coverage, fixed, unsupported } from './coverage.ts';

export const httpDefinitionInputs = {
  ApiId: 'apiId',
  IntegrationId: fixed('minted by API Gateway'),
  IntegrationType: 'integrations',
  IntegrationUri: 'integrations',
  PayloadFormatVersion: 'integrations',
  TimeoutInMillis: 'integrations',
  Description: ['integrations', 'snapshot'],
  RouteId: fixed('minted by API Gateway'),
  RouteKey: 'routes',
  AuthorizationType: 'routes',
  Target: 'routes',
  ConnectionId: unsupported('VPC links are not offered yet'),
  ConnectionType: unsupported('VPC links are not offered yet'),
  TlsConfig: unsupported('HTTP backends are not offered yet'),
  ContentHandlingStrategy: unsupported('for WebSocket APIs'),
  CredentialsArn: unsupported('AWS service integrations are not offered yet'),
  IntegrationSubtype: unsupported('AWS service integrations are not offered yet'),
  IntegrationMethod: fixed("API Gateway's own, POST, for functions"),
  PassthroughBehavior: unsupported('for WebSocket APIs'),
  RequestParameters: unsupported('AWS service integrations are not offered yet'),
  RequestTemplates: unsupported('for WebSocket APIs'),
  ResponseParameters: unsupported('response mapping is not offered yet'),
  TemplateSelectionExpression: unsupported('for WebSocket APIs'),
  ApiKeyRequired: unsupported('for WebSocket APIs'),
  AuthorizationScopes: unsupported('authorizers are not offered yet'),
  AuthorizerId: unsupported('authorizers are not offered yet'),
  ModelSelectionExpression: unsupported('for WebSocket APIs'),
  OperationName: unsupported('for SDKs of WebSocket APIs'),
  RequestModels: unsupported('for WebSocket APIs'),
  RouteResponseSelectionExpression: unsupported('for WebSocket APIs'),
  StageName: fixed('none: a stage is a node of its own'),
} satisfies Coverage<
  CreateIntegrationCommandInput &
    UpdateIntegrationCommandInput &
    CreateRouteCommandInput &
    UpdateRouteCommandInput &
    CreateDeploymentCommandInput
>;
