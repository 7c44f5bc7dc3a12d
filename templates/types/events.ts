// Events that AWS Lambda hands to functions, and what it takes for an answer: the same for every project.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

/** Texts by name; a name that was not sent gives undefined. */
export interface Values {
  [name: string]: string | undefined;
}

/** Lists of texts by name. */
export interface ValueLists {
  [name: string]: string[] | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  /** MB. */
  memoryLimitInMB: string;
  awsRequestId: string;
  logGroupName: string;
  logStreamName: string;
  getRemainingTimeInMillis(): number;
}

// --- HTTP APIs, payload 2.0 ---

/** A request to an HTTP API; its route adds path parameters, query and body. */
export interface HttpEvent<Key extends string, Method extends string, Access = unknown> {
  version: '2.0';
  routeKey: Key;
  /** Without the stage, decoded. */
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  /** By lower-case name; several of one name are joined by commas. */
  headers: Values;
  requestContext: HttpContext<Key, Method> & Access;
  stageVariables?: Values;
  isBase64Encoded: boolean;
}

export interface HttpContext<Key extends string, Method extends string> {
  accountId: string;
  apiId: string;
  domainName: string;
  domainPrefix: string;
  http: { method: Method; path: string; protocol: string; sourceIp: string; userAgent: string };
  requestId: string;
  routeKey: Key;
  stage: string;
  /** `12/Mar/2020:19:03:58 +0000`. */
  time: string;
  /** Milliseconds since 1970. */
  timeEpoch: number;
}

/** What payload 2.0 takes; a string alone is the body of a 200. */
export type HttpAnswer =
  | {
      statusCode: number;
      headers?: { [name: string]: string | number | boolean } | undefined;
      cookies?: string[] | undefined;
      body?: string | undefined;
      isBase64Encoded?: boolean | undefined;
    }
  | string;

/** `auth`: a JWT, whose claims come as texts: times in seconds since 1970, lists as `[a b]`. */
export interface JwtAccess<Claims = JwtClaims> {
  authorizer: { jwt: { claims: Claims; scopes: string[] | null } };
}

/** `auth`: a Lambda authorizer, and the context it gave. */
export interface LambdaAccess<Context = { [name: string]: unknown } | null> {
  authorizer: { lambda: Context };
}

/** `auth: iam`: who signed the request. */
export interface IamAccess {
  authorizer: {
    iam: {
      accessKey: string;
      accountId: string;
      callerId: string;
      cognitoIdentity: { amr: string[]; identityId: string; identityPoolId: string } | null;
      principalOrgId: string | null;
      userArn: string;
      userId: string;
    };
  };
}

// --- Claims ---

/** Of any issuer. Claims that RFC 7519 does not require may be missing. */
export interface JwtClaims {
  iss: string;
  exp: string;
  sub?: string;
  aud?: string;
  client_id?: string;
  iat?: string;
  nbf?: string;
  jti?: string;
  scope?: string;
  [claim: string]: string | undefined;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html */
export interface CognitoIdClaims {
  token_use: 'id';
  iss: string;
  sub: string;
  aud: string;
  exp: string;
  iat: string;
  auth_time: string;
  'cognito:username': string;
  'cognito:groups'?: string;
  email?: string;
  email_verified?: string;
  [claim: string]: string | undefined;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html */
export interface CognitoAccessClaims {
  token_use: 'access';
  iss: string;
  sub: string;
  client_id: string;
  exp: string;
  iat: string;
  auth_time: string;
  jti: string;
  /** Separated by spaces. */
  scope: string;
  /** Of a user; tokens of client credentials have none. */
  username?: string;
  'cognito:groups'?: string;
  [claim: string]: string | undefined;
}

// --- REST APIs, and HTTP APIs with payload 1.0 ---

/** A request to a REST API; its route adds path parameters, query and body. */
export interface RestEvent<Path extends string, Method extends string, Access = unknown> {
  resource: Path;
  path: string;
  httpMethod: Method;
  /** In the case they were sent in; the last of each name. */
  headers: Values;
  multiValueHeaders: ValueLists;
  requestContext: RestContext<Path, Method> & Access;
  stageVariables: Values | null;
  isBase64Encoded: boolean;
}

/** A request to an HTTP API with `payload: "1.0"`. */
export interface HttpEventV1<Path extends string, Method extends string, Access = unknown>
  extends RestEvent<Path, Method, Access> {
  version: '1.0';
}

export interface RestContext<Path extends string, Method extends string> {
  accountId: string;
  apiId: string;
  /** REST APIs alone. */
  deploymentId?: string;
  domainName?: string;
  domainPrefix?: string;
  extendedRequestId?: string;
  httpMethod: Method;
  identity: RestIdentity;
  path: string;
  protocol: string;
  requestId: string;
  requestTime?: string;
  /** Milliseconds since 1970. */
  requestTimeEpoch: number;
  resourceId: string;
  resourcePath: Path;
  stage: string;
}

export interface RestIdentity {
  accessKey: string | null;
  accountId: string | null;
  /** Of a usage plan. */
  apiKey: string | null;
  apiKeyId: string | null;
  caller: string | null;
  clientCert: null;
  /** HTTP APIs alone. */
  cognitoAmr?: null;
  cognitoAuthenticationProvider: string | null;
  cognitoAuthenticationType: string | null;
  cognitoIdentityId: string | null;
  cognitoIdentityPoolId: string | null;
  principalOrgId: string | null;
  sourceIp: string;
  user: string | null;
  userAgent: string | null;
  userArn: string | null;
}

export interface RestAnswer {
  statusCode: number;
  headers?: { [name: string]: string | number | boolean } | undefined;
  multiValueHeaders?: { [name: string]: (string | number | boolean)[] } | undefined;
  body?: string | undefined;
  isBase64Encoded?: boolean | undefined;
}

/** `auth`: a token, whose claims come as texts; on REST APIs times as `Tue Nov 14 22:13:20 UTC 2023`. */
export interface RestClaimsAccess<Claims = JwtClaims> {
  authorizer: { claims: Claims; scopes?: string[] | null };
}

/** `auth`: a Lambda authorizer; REST and WebSocket APIs hand its context on as texts. */
export interface RestLambdaAccess<Context = { [name: string]: string | undefined }> {
  authorizer: { principalId: string /** Milliseconds. */; integrationLatency: number } & TextsOf<Context>;
}

/** `auth`: a Lambda authorizer of an HTTP API, as payload 1.0 tells it. */
export interface HttpLambdaAccessV1 {
  authorizer: { claims: null; scopes: null; principalId?: string; [name: string]: unknown };
}

/** `auth: iam`: who signed the request. */
export interface RestIamAccess {
  identity: { accessKey: string; accountId: string; caller: string; user: string; userArn: string };
}

// --- WebSocket APIs ---

/** A message of a client. */
export interface MessageEvent<Key extends string, Access = unknown> {
  requestContext: SocketContext<Key, 'MESSAGE'> & Access & { messageId: string };
  stageVariables?: Values;
  isBase64Encoded: boolean;
}

/** A client connects. */
export interface ConnectEvent<Access = unknown> {
  headers: Values;
  multiValueHeaders: ValueLists;
  multiValueQueryStringParameters?: ValueLists;
  requestContext: SocketContext<'$connect', 'CONNECT'> & Access;
  stageVariables?: Values;
  isBase64Encoded: boolean;
}

/** A client has gone. */
export interface DisconnectEvent<Access = unknown> {
  headers: Values;
  multiValueHeaders: ValueLists;
  requestContext: SocketContext<'$disconnect', 'DISCONNECT'> &
    Access & { disconnectStatusCode: number; disconnectReason: string };
  stageVariables?: Values;
  isBase64Encoded: boolean;
}

export interface SocketContext<Key extends string, Type extends string> {
  routeKey: Key;
  eventType: Type;
  apiId: string;
  /** Milliseconds since 1970. */
  connectedAt: number;
  connectionId: string;
  domainName: string;
  extendedRequestId: string;
  identity: { sourceIp: string; userAgent?: string; [name: string]: string | null | undefined };
  messageDirection: 'IN';
  requestId: string;
  requestTime: string;
  /** Milliseconds since 1970. */
  requestTimeEpoch: number;
  stage: string;
}

/** The body goes back to the client where the route says `respond: true`. */
export interface SocketAnswer {
  statusCode: number;
  headers?: { [name: string]: string | number | boolean } | undefined;
  body?: string | undefined;
  isBase64Encoded?: boolean | undefined;
}

// --- Lambda authorizers ---

/** Asked by an HTTP API, payload 2.0. */
export interface HttpAuthorizerEvent {
  version: '2.0';
  type: 'REQUEST';
  routeArn: string;
  /** The values of the identity sources. */
  identitySource: string[] | null;
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Values;
  queryStringParameters?: Values;
  requestContext: HttpContext<string, string>;
  pathParameters?: Values;
  stageVariables?: Values;
}

/** Asked by an HTTP API, payload 1.0. */
export interface HttpAuthorizerEventV1 {
  version: '1.0';
  type: 'REQUEST';
  methodArn: string;
  /** The values of the identity sources, joined by commas. */
  identitySource: string | null;
  authorizationToken: string | null;
  resource: string;
  path: string;
  httpMethod: string;
  headers: Values;
  multiValueHeaders: ValueLists;
  queryStringParameters: Values;
  multiValueQueryStringParameters: ValueLists;
  pathParameters: Values;
  stageVariables: Values;
  requestContext: RestContext<string, string>;
}

/** Asked by a REST API, or by a WebSocket API on $connect. */
export interface RestAuthorizerEvent {
  type: 'REQUEST';
  methodArn: string;
  resource: string;
  path: string;
  httpMethod: string;
  headers: Values;
  multiValueHeaders: ValueLists;
  queryStringParameters: Values;
  multiValueQueryStringParameters: ValueLists;
  pathParameters: Values;
  stageVariables: Values;
  requestContext: RestContext<string, string>;
}

/** Asked by a REST API about a token. */
export interface TokenAuthorizerEvent {
  type: 'TOKEN';
  methodArn: string;
  authorizationToken: string;
}

/** Asked by a WebSocket API when a client connects. */
export interface ConnectAuthorizerEvent {
  type: 'REQUEST';
  methodArn: string;
  headers: Values;
  multiValueHeaders: ValueLists;
  queryStringParameters: Values;
  multiValueQueryStringParameters: ValueLists;
  stageVariables: Values;
  requestContext: SocketContext<'$connect', 'CONNECT'>;
}

/** `responses: simple`. */
export interface SimpleAuthorizerAnswer {
  isAuthorized: boolean;
  context?: { [name: string]: unknown } | undefined;
}

/** A policy, and texts, numbers and booleans that the handlers behind it get. */
export interface PolicyAuthorizerAnswer {
  principalId: string;
  policyDocument: {
    Version: string;
    Statement: {
      Effect: string;
      Action: string | string[];
      Resource: string | string[];
      Condition?: { [operator: string]: { [key: string]: string | string[] } };
    }[];
  };
  context?: { [name: string]: string | number | boolean | null | undefined } | undefined;
  usageIdentifierKey?: string | null | undefined;
}

/** The context that an authorizer's handler returns; null where it may return none. */
export type ContextOf<Handler> = Handler extends (...parameters: never[]) => infer Returned
  ? Awaited<Returned> extends infer Answer
    ? Answer extends { context: infer Context }
      ? Context
      : Answer extends { context?: infer Context }
        ? Exclude<Context, undefined> | null
        : null
    : never
  : { [name: string]: unknown } | null;

/** The same, each value made a text. */
export type TextsOf<Context> = Context extends null ? object : { [Name in keyof Context]: TextOf<Context[Name]> };

type TextOf<Value> = string | Extract<Value, undefined>;

// --- Streams, queues, topics, schedules ---

/** Records of a table's stream. `View` is what they show, `Item` and `Key` are those of the model. */
export interface StreamEvent<View extends string, Item, Key> {
  Records: StreamRecord<View, Item, Key>[];
}

export type StreamRecord<View extends string, Item, Key> =
  | (StreamRecordBase<'INSERT', View, Key> & { dynamodb: NewImage<View, Item> })
  | (StreamRecordBase<'MODIFY', View, Key> & { dynamodb: NewImage<View, Item> & OldImage<View, Item> })
  | (StreamRecordBase<'REMOVE', View, Key> & { dynamodb: OldImage<View, Item> });

export interface StreamRecordBase<Name extends string, View extends string, Key> {
  eventID: string;
  eventName: Name;
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  eventSourceARN: string;
  awsRegion: string;
  /** Of DynamoDB itself, where an item has expired. */
  userIdentity?: { type: string; principalId: string };
  dynamodb: {
    /** Seconds since 1970. */
    ApproximateCreationDateTime: number;
    Keys: Stored<Key>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: View;
  };
}

type NewImage<View, Item> = View extends 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES' ? { NewImage: Stored<Item> } : unknown;
type OldImage<View, Item> = View extends 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' ? { OldImage: Stored<Item> } : unknown;

/** An item as DynamoDB stores it: dates are numbers or texts, as the model says. */
export type Stored<Item> = { [Name in keyof Item]: AttributeValue };

/** Of one type: `{ S: 'text' }`, `{ N: '1.5' }`. */
export type AttributeValue = {
  [Type in keyof AttributeTypes]: { [Key in Type]: AttributeTypes[Key] } & {
    [Other in Exclude<keyof AttributeTypes, Type>]?: never;
  };
}[keyof AttributeTypes];

export interface AttributeTypes {
  S: string;
  /** A number, as text. */
  N: string;
  /** Base64. */
  B: string;
  BOOL: boolean;
  NULL: boolean;
  SS: string[];
  NS: string[];
  BS: string[];
  L: AttributeValue[];
  M: { [name: string]: AttributeValue };
}

/** Messages of an SQS queue. */
export interface QueueEvent {
  Records: QueueRecord[];
}

export interface QueueRecord {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: {
    ApproximateReceiveCount: string;
    ApproximateFirstReceiveTimestamp: string;
    SentTimestamp: string;
    SenderId: string;
    AWSTraceHeader?: string;
    /** FIFO queues alone, as the next two. */
    SequenceNumber?: string;
    MessageGroupId?: string;
    MessageDeduplicationId?: string;
    DeadLetterQueueSourceArn?: string;
  };
  messageAttributes: {
    [name: string]: { stringValue?: string; binaryValue?: string; dataType: string };
  };
  md5OfBody: string;
  md5OfMessageAttributes?: string;
  eventSource: 'aws:sqs';
  eventSourceARN: string;
  awsRegion: string;
}

/** Messages of an SNS topic: one in each event. */
export interface TopicEvent {
  Records: {
    EventVersion: string;
    EventSubscriptionArn: string;
    EventSource: 'aws:sns';
    Sns: {
      Type: string;
      MessageId: string;
      TopicArn: string;
      Subject?: string;
      Message: string;
      Timestamp: string;
      SignatureVersion: string;
      Signature: string;
      SigningCertUrl: string;
      UnsubscribeUrl: string;
      MessageAttributes: { [name: string]: { Type: string; Value: string } };
    };
  }[];
}

/** A schedule that has no `input`. */
export interface ScheduledEvent {
  version: string;
  id: string;
  'detail-type': 'Scheduled Event';
  source: 'aws.events';
  account: string;
  /** `2026-01-31T12:00:00Z`. */
  time: string;
  region: string;
  /** The ARN of the rule. */
  resources: string[];
  detail: { [name: string]: never };
}

/** `reportFailures: true`: the messages or records that come again; none: all is done. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

// --- The environment ---

/** What Lambda itself sets. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export interface LambdaEnvironment {
  AWS_REGION: string;
  AWS_EXECUTION_ENV: string;
  AWS_LAMBDA_FUNCTION_NAME: string;
  AWS_LAMBDA_FUNCTION_VERSION: string;
  /** MB. */
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: string;
  AWS_LAMBDA_LOG_GROUP_NAME: string;
  AWS_LAMBDA_LOG_STREAM_NAME: string;
  LAMBDA_TASK_ROOT: string;
}
