// Where every field of the SDK's inputs stands that a REST API's definition is made with.

import type {
  CreateAuthorizerCommandInput,
  CreateDeploymentCommandInput,
  CreateModelCommandInput,
  CreateRequestValidatorCommandInput,
  CreateResourceCommandInput,
  PutGatewayResponseCommandInput,
  PutIntegrationCommandInput,
  PutIntegrationResponseCommandInput,
  PutMethodCommandInput,
  PutMethodResponseCommandInput,
} from '@aws-sdk/client-api-gateway';
import { type Coverage, fixed, unsupported } from './coverage.ts';

export const restDefinitionInputs = {
  restApiId: 'apiId',
  parentId: 'methods',
  pathPart: 'methods',
  resourceId: 'methods',
  httpMethod: 'methods',
  authorizationType: 'methods',
  authorizerId: 'methods',
  authorizationScopes: 'methods',
  apiKeyRequired: 'methods',
  requestValidatorId: 'methods',
  requestParameters: 'methods',
  requestModels: 'methods',
  operationName: 'methods',
  type: ['methods', 'authorizers'],
  integrationHttpMethod: 'methods',
  uri: 'methods',
  credentials: 'methods',
  connectionType: 'methods',
  connectionId: 'methods',
  tlsConfig: 'methods',
  passthroughBehavior: 'methods',
  contentHandling: 'methods',
  timeoutInMillis: 'methods',
  requestTemplates: 'methods',
  cacheNamespace: 'methods',
  cacheKeyParameters: 'methods',
  responseTransferMode: 'methods',
  statusCode: ['methods', 'gatewayResponses'],
  responseParameters: ['methods', 'gatewayResponses'],
  responseTemplates: ['methods', 'gatewayResponses'],
  responseModels: 'methods',
  selectionPattern: 'methods',
  responseType: 'gatewayResponses',
  name: ['authorizers', 'validators', 'models'],
  providerARNs: 'authorizers',
  authorizerUri: 'authorizers',
  identitySource: 'authorizers',
  identityValidationExpression: 'authorizers',
  authorizerResultTtlInSeconds: 'authorizers',
  authType: fixed("as API Gateway's own exports have it, by the type"),
  authorizerCredentials: unsupported("authorizers are called by the API's permission on their function"),
  validateRequestBody: 'validators',
  validateRequestParameters: 'validators',
  schema: 'models',
  contentType: fixed('application/json: the schema decides what it describes'),
  description: 'snapshot',
  integrationTarget: unsupported('for VPC links of HTTP APIs, which REST APIs take by an ALB alone'),
  stageName: fixed('none: a stage is a node of its own'),
  stageDescription: fixed('none: a stage is a node of its own'),
  cacheClusterEnabled: fixed('none: a stage is a node of its own'),
  cacheClusterSize: fixed('none: a stage is a node of its own'),
  variables: fixed('none: a stage is a node of its own'),
  canarySettings: fixed('none: a stage is a node of its own'),
  tracingEnabled: fixed('none: a stage is a node of its own'),
} satisfies Coverage<
  CreateResourceCommandInput &
    PutMethodCommandInput &
    PutIntegrationCommandInput &
    PutMethodResponseCommandInput &
    PutIntegrationResponseCommandInput &
    CreateAuthorizerCommandInput &
    CreateRequestValidatorCommandInput &
    CreateModelCommandInput &
    PutGatewayResponseCommandInput &
    CreateDeploymentCommandInput
>;
