// Where each field of API Gateway's inputs stands in the props of a WebSocket API's definition.

import type {
  CreateAuthorizerCommandInput,
  CreateDeploymentCommandInput,
  CreateIntegrationCommandInput,
  CreateIntegrationResponseCommandInput,
  CreateModelCommandInput,
  CreateRouteCommandInput,
  CreateRouteResponseCommandInput,
  UpdateAuthorizerCommandInput,
  UpdateIntegrationCommandInput,
  UpdateModelCommandInput,
  UpdateRouteCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { type Coverage, fixed, unsupported } from './coverage.ts';

export const websocketDefinitionInputs = {
  ApiId: 'apiId',
  AuthorizerId: ['authorizers', 'routes'],
  AuthorizerType: 'authorizers',
  AuthorizerUri: 'authorizers',
  IdentitySource: 'authorizers',
  Name: ['authorizers', 'models'],
  AuthorizerPayloadFormatVersion: unsupported('for HTTP APIs'),
  AuthorizerResultTtlInSeconds: unsupported('for HTTP APIs: a connection is authorized once'),
  EnableSimpleResponses: unsupported('for HTTP APIs'),
  JwtConfiguration: unsupported('for HTTP APIs'),
  AuthorizerCredentialsArn: unsupported('the function itself permits its API to call it'),
  IdentityValidationExpression: unsupported('API Gateway does not use it here'),
  ModelId: fixed('minted by API Gateway'),
  ContentType: fixed('application/json, the only one of message models'),
  Schema: 'models',
  IntegrationId: fixed('minted by API Gateway'),
  IntegrationType: 'integrations',
  IntegrationUri: 'integrations',
  IntegrationMethod: 'integrations',
  CredentialsArn: 'integrations',
  RequestParameters: 'integrations',
  RequestTemplates: 'integrations',
  TemplateSelectionExpression: 'integrations',
  PassthroughBehavior: 'integrations',
  TimeoutInMillis: 'integrations',
  Description: ['integrations', 'models', 'snapshot'],
  IntegrationResponseKey: 'integrations',
  ResponseTemplates: 'integrations',
  ResponseParameters: unsupported('a message has no headers to map to'),
  ContentHandlingStrategy: unsupported('messages stay text'),
  ConnectionId: unsupported('VPC links of this API are for HTTP APIs'),
  ConnectionType: unsupported('VPC links of this API are for HTTP APIs'),
  IntegrationSubtype: unsupported('for HTTP APIs'),
  PayloadFormatVersion: unsupported('for HTTP APIs'),
  TlsConfig: unsupported('for private integrations of HTTP APIs'),
  RouteId: fixed('minted by API Gateway'),
  RouteKey: 'routes',
  AuthorizationType: 'routes',
  ModelSelectionExpression: 'routes',
  RequestModels: 'routes',
  RouteResponseSelectionExpression: 'routes',
  RouteResponseKey: 'routes',
  Target: 'routes',
  ApiKeyRequired: unsupported('usage plans are offered for REST APIs'),
  AuthorizationScopes: unsupported('for HTTP APIs'),
  OperationName: unsupported('for SDKs that API Gateway generates'),
  ResponseModels: unsupported('for SDKs that API Gateway generates'),
  StageName: fixed('none: a stage is a node of its own'),
} satisfies Coverage<
  CreateAuthorizerCommandInput &
    UpdateAuthorizerCommandInput &
    CreateModelCommandInput &
    UpdateModelCommandInput &
    CreateIntegrationCommandInput &
    UpdateIntegrationCommandInput &
    CreateIntegrationResponseCommandInput &
    CreateRouteCommandInput &
    UpdateRouteCommandInput &
    CreateRouteResponseCommandInput &
    CreateDeploymentCommandInput
>;
