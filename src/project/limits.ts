// What AWS refuses, as numbers and lists, each with the page it comes from. Everything here is checked before the
// first call is made.

/** A whole number from `min` to `max`, both allowed. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (function resource limits) */
export const LAMBDA_MEMORY_MB: Range = { min: 128, max: 10_240 };
export const LAMBDA_TIMEOUT_SECONDS: Range = { min: 1, max: 900 };
export const LAMBDA_ENVIRONMENT_BYTES = 4_096;
/** Of Lambda's 256 characters (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html), of which a version's hash takes 40. */
export const LAMBDA_DESCRIPTION_LENGTH = 200;

/**
 * API Gateway gives up on an integration after these seconds, whatever the function does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html (REST),
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html (HTTP)
 */
export const API_TIMEOUT_SECONDS = { rest: 29, http: 30, websocket: 29 } as const;

/**
 * Resources of a REST API (the root counts) and routes of an HTTP API; the same two pages. WebSocket:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const API_ROUTES = { rest: 300, http: 300, websocket: 300 } as const;

/** Integrations of an HTTP API, which has one for each function and one for each other route; the page of its quotas. */
export const HTTP_INTEGRATIONS = 300;

/** Authorizers of one API, of every type; the pages above. */
export const AUTHORIZERS_PER_API = 10;

/** Scopes of one route; https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const SCOPES_PER_ROUTE = 10;

/** Characters; https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const RESOURCE_POLICY_LENGTH = 8_192;

/** Characters of a mapping template; the same page. */
export const MAPPING_TEMPLATE_BYTES = 300 * 1024;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html (authorizerResultTtlInSeconds) */
export const AUTHORIZER_TTL_SECONDS: Range = { min: 0, max: 3_600 };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
export const CACHE_TTL_SECONDS: Range = { min: 0, max: 3_600 };
export const CACHE_SIZES_GB: readonly string[] = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'];

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html (minimumCompressionSize) */
export const COMPRESSION_BYTES: Range = { min: 0, max: 10_485_760 };

/** An access log's line; https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export const ACCESS_LOG_FORMAT_LENGTH = 3_000;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export const GATEWAY_RESPONSES = [
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'RESOURCE_NOT_FOUND',
  'UNAUTHORIZED',
  'INVALID_API_KEY',
  'ACCESS_DENIED',
  'AUTHORIZER_FAILURE',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'INVALID_SIGNATURE',
  'EXPIRED_TOKEN',
  'MISSING_AUTHENTICATION_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'API_CONFIGURATION_ERROR',
  'UNSUPPORTED_MEDIA_TYPE',
  'BAD_REQUEST_PARAMETERS',
  'BAD_REQUEST_BODY',
  'REQUEST_TOO_LARGE',
  'THROTTLED',
  'QUOTA_EXCEEDED',
  'WAF_FILTERED',
] as const;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const SQS = {
  visibilityTimeout: { min: 0, max: 43_200 },
  retention: { min: 60, max: 1_209_600 },
  delay: { min: 0, max: 900 },
  receiveWait: { min: 0, max: 20 },
  maximumMessageSize: { min: 1_024, max: 1_048_576 },
  maxReceives: { min: 1, max: 1_000 },
} as const satisfies Record<string, Range>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const EVENT_SOURCE = {
  batch: { min: 1, max: 10_000 },
  window: { min: 0, max: 300 },
  parallel: { min: 1, max: 10 },
  retries: { min: -1, max: 10_000 },
  concurrency: { min: 2, max: 1_000 },
} as const satisfies Record<string, Range>;

/** Of an EventBridge rule 64, of which the function's name takes the rest. */
export const SCHEDULE_NAME_LENGTH = 32;

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_STORAGE_MB: Range = { min: 512, max: 10_240 };
/** The account's own limit may be lower; the same page. */
export const LAMBDA_CONCURRENCY: Range = { min: 0, max: 1_000_000 };
/** https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html */
export const LAMBDA_VPC = { subnets: 16, securityGroups: 5 } as const;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const STAGE_VARIABLES = { count: 100, nameLength: 64, valueLength: 512 } as const;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html; -1 turns caching off. */
export const CORS_MAX_AGE_SECONDS: Range = { min: -1, max: 86_400 };

/** Read and write units of a provisioned table: the per-table quota of an account. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export const TABLE_CAPACITY_UNITS: Range = { min: 1, max: 40_000 };

/** Point-in-time recovery. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html */
export const RECOVERY_DAYS: Range = { min: 1, max: 35 };

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html; apigen itself uses three of the 50. */
export const TAGS = { count: 40, keyLength: 128, valueLength: 256 } as const;

/** Days. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0 (keep for ever) is apigen's. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (reserved environment variables) */
export const RESERVED_ENVIRONMENT: readonly string[] = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_MAX_CONCURRENCY',
  'AWS_LAMBDA_METADATA_API',
  'AWS_LAMBDA_METADATA_TOKEN',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
];

/** Node runtimes that take new functions. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const RUNTIMES = ['nodejs22.x', 'nodejs24.x'] as const;

/** Node runtimes past their end, with the month AWS deprecated them; the same page. */
export const DEPRECATED_RUNTIMES: Readonly<Record<string, string>> = {
  'nodejs20.x': 'April 2026',
  'nodejs18.x': 'September 2025',
  'nodejs16.x': 'June 2024',
  'nodejs14.x': 'December 2023',
  'nodejs12.x': 'March 2023',
  'nodejs10.x': 'July 2021',
};

/**
 * Lengths of our own names, chosen so that `{project}-{stage}-` leaves room for a logical name within the 64
 * characters of a Lambda function and an IAM role (longer names end in a hash).
 */
export const NAME_LENGTHS = {
  project: 32,
  stage: 20,
  api: 40,
  function: 64,
  model: 64,
  authorizer: 64,
  neighbour: 40,
  plan: 40,
} as const;

/** Releases that can be returned to, where apigen.yml does not say `releases: { keep: … }`. */
export const KEPT_RELEASES = 10;
