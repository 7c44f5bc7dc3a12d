// Where each field of API Gateway's inputs stands in the props of an HTTP API's definition.

import type {
  CreateAuthorizerCommandInput,
  CreateDeploymentCommandInput,
  CreateIntegrationCommandInput,
  CreateRouteCommandInput,
  UpdateAuthorizerCommandInput,
  UpdateIntegrationCommandInput,
  UpdateRouteCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { type Coverage, fixed, unsupported } from './coverage.ts';

export const httpDefinitionInputs = {
  ApiId: 'apiId',
  AuthorizerId: ['authorizers', 'routes'],
  AuthorizerType: 'authorizers',
  AuthorizerUri: 'authorizers',
  AuthorizerPayloadFormatVersion: 'authorizers',
  AuthorizerResultTtlInSeconds: 'authorizers',
  EnableSimpleResponses: 'authorizers',
  IdentitySource: 'authorizers',
  JwtConfiguration: 'authorizers',
  Name: 'authorizers',
  AuthorizerCredentialsArn: unsupported('the function itself permits its API to call it'),
  IdentityValidationExpression: unsupported('API Gateway does not use it here'),
  IntegrationId: fixed('minted by API Gateway'),
  IntegrationType: 'integrations',
  IntegrationSubtype: 'integrations',
  IntegrationUri: 'integrations',
  IntegrationMethod: 'integrations',
  ConnectionId: 'integrations',
  ConnectionType: 'integrations',
  TlsConfig: 'integrations',
  CredentialsArn: 'integrations',
  RequestParameters: 'integrations',
  ResponseParameters: 'integrations',
  PayloadFormatVersion: 'integrations',
  TimeoutInMillis: 'integrations',
  Description: ['integrations', 'snapshot'],
  ContentHandlingStrategy: unsupported('for WebSocket APIs'),
  PassthroughBehavior: unsupported('for WebSocket APIs'),
  RequestTemplates: unsupported('for WebSocket APIs'),
  TemplateSelectionExpression: unsupported('for WebSocket APIs'),
  RouteId: fixed('minted by API Gateway'),
  RouteKey: 'routes',
  AuthorizationType: 'routes',
  AuthorizationScopes: 'routes',
  Target: 'routes',
  ApiKeyRequired: unsupported('for WebSocket APIs'),
  ModelSelectionExpression: unsupported('for WebSocket APIs'),
  OperationName: unsupported('for SDKs of WebSocket APIs'),
  RequestModels: unsupported('for WebSocket APIs'),
  RouteResponseSelectionExpression: unsupported('for WebSocket APIs'),
  StageName: fixed('none: a stage is a node of its own'),
} satisfies Coverage<
  CreateAuthorizerCommandInput &
    UpdateAuthorizerCommandInput &
    CreateIntegrationCommandInput &
    UpdateIntegrationCommandInput &
    CreateRouteCommandInput &
    UpdateRouteCommandInput &
    CreateDeploymentCommandInput
>;
