// The ways in which a REST API answers by itself instead of through an integration: each names its gateway response
// type, its status, its words and its x-amzn-ErrorType, as AWS sends them.

import type { GatewayResponseType } from '../../api/definition.ts';

interface FaultKind {
  readonly type: GatewayResponseType;
  readonly status: number;
  /** What `$context.error.message` holds; AWS says null for authorizers that fail. */
  readonly message: string | null;
  /** Absent where AWS does not say it. */
  readonly errorType?: string;
}

const KINDS = {
  missingAuthenticationToken: {
    type: 'MISSING_AUTHENTICATION_TOKEN',
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  incompleteSignature: { type: 'DEFAULT_4XX', status: 403, message: null, errorType: 'IncompleteSignatureException' },
  unrecognizedClient: {
    type: 'DEFAULT_4XX',
    status: 403,
    message: 'The security token included in the request is invalid.',
    errorType: 'UnrecognizedClientException',
  },
  invalidSignature: { type: 'INVALID_SIGNATURE', status: 403, message: null, errorType: 'InvalidSignatureException' },
  unauthorized: { type: 'UNAUTHORIZED', status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' },
  accessDenied: {
    type: 'ACCESS_DENIED',
    status: 403,
    message: 'User is not authorized to access this resource',
    errorType: 'AccessDeniedException',
  },
  authorizerFailure: {
    type: 'AUTHORIZER_FAILURE',
    status: 500,
    message: null,
    errorType: 'AuthorizerConfigurationException',
  },
  authorizerConfiguration: {
    type: 'AUTHORIZER_CONFIGURATION_ERROR',
    status: 500,
    message: null,
    errorType: 'AuthorizerConfigurationException',
  },
  forbidden: { type: 'DEFAULT_4XX', status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  invalidApiKey: { type: 'INVALID_API_KEY', status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  throttled: {
    type: 'THROTTLED',
    status: 429,
    message: 'Too Many Requests',
    errorType: 'TooManyRequestsException',
  },
  quotaExceeded: {
    type: 'QUOTA_EXCEEDED',
    status: 429,
    message: 'Limit Exceeded',
    errorType: 'LimitExceededException',
  },
  badParameters: { type: 'BAD_REQUEST_PARAMETERS', status: 400, message: null, errorType: 'BadRequestException' },
  badBody: {
    type: 'BAD_REQUEST_BODY',
    status: 400,
    message: 'Invalid request body',
    errorType: 'BadRequestException',
  },
  badRequest: { type: 'DEFAULT_4XX', status: 400, message: 'Bad Request', errorType: 'BadRequestException' },
  unsupportedMediaType: {
    type: 'UNSUPPORTED_MEDIA_TYPE',
    status: 415,
    message: 'Unsupported Media Type',
    errorType: 'BadRequestException',
  },
  tooLarge: {
    type: 'REQUEST_TOO_LARGE',
    status: 413,
    message: 'Request Too Long',
    errorType: 'RequestTooLargeException',
  },
  /** "When this happens, the API client receives a 414 Request URI too long response" (REST API quotas). */
  uriTooLong: { type: 'DEFAULT_4XX', status: 414, message: 'Request URI too long' },
  /** Our definition of the API is at fault: a mapping, a template, a pattern, a conversion. */
  configuration: {
    type: 'API_CONFIGURATION_ERROR',
    status: 500,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  /** AWS lists 504 for INTEGRATION_FAILURE, and answers 500. */
  integrationFailure: {
    type: 'INTEGRATION_FAILURE',
    status: 500,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  /** An endpoint that refuses or drops the connection (AWS re:Post, "HTTP 504 errors from API Gateway"). */
  endpointUnreachable: {
    type: 'INTEGRATION_FAILURE',
    status: 504,
    message: 'Network error communicating with endpoint',
    errorType: 'InternalServerErrorException',
  },
  integrationTimeout: {
    type: 'INTEGRATION_TIMEOUT',
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  /** A Lambda proxy answer that is none, or a function that failed. */
  badGateway: {
    type: 'DEFAULT_5XX',
    status: 502,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof KINDS;

export interface FaultDetails {
  /** Other words than the kind's own. */
  readonly message?: string;
  /** `$context.error.validationErrorString`. */
  readonly validation?: string;
  /** For the person at the terminal: why, in a sentence. */
  readonly reason?: string;
}

/** Thrown anywhere in a REST exchange; `gateway-response.ts` turns it into an answer. */
export class GatewayFault extends Error {
  readonly type: GatewayResponseType;
  readonly status: number;
  /** What the client reads, null where AWS says null. */
  readonly words: string | null;
  readonly errorType: string | undefined;
  readonly validation: string | undefined;
  readonly reason: string | undefined;

  constructor(name: FaultName, details: FaultDetails = {}) {
    const kind: FaultKind = KINDS[name];
    super(details.reason ?? details.message ?? kind.message ?? kind.type);
    this.name = 'GatewayFault';
    this.type = kind.type;
    this.status = kind.status;
    this.words = details.message ?? kind.message;
    this.errorType = kind.errorType;
    this.validation = details.validation;
    this.reason = details.reason;
  }
}
