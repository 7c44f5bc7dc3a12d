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
export interface RestLambdaAccess<Context = Values> {
  authorizer: { principalId: string } & Context;
}

/** `auth`: a Lambda authorizer of an HTTP API, as payload 1.0 tells it. */
export interface HttpLambdaAccessV1 {
  authorizer: { principalId?: string; [name: string]: unknown };
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
