// Everything AWS meters that an estimate may hold, in apigen's words: one meter is one line of a bill. The order
// here is the order of an estimate. `row` names the rows of the price file (AWS service code and dimension); a meter
// without any row there is priced nowhere, and says so.

/** The services of an estimate and their names for people, in the order of an estimate. */
export const SERVICES = {
  'api-gateway': 'API Gateway',
  lambda: 'Lambda',
  dynamodb: 'DynamoDB',
  cloudwatch: 'CloudWatch',
  'x-ray': 'X-Ray',
  sns: 'SNS',
  sqs: 'SQS',
  cognito: 'Cognito',
  'data-transfer': 'Data transfer',
  vpc: 'VPC',
  'load-balancing': 'Load balancing',
  'route-53': 'Route 53',
  certificates: 'Certificates',
} as const;

export type ServiceId = keyof typeof SERVICES;

export interface Meter {
  readonly service: ServiceId;
  /** The line of an estimate: `REST requests`. */
  readonly item: string;
  /** What is counted, in the plural: `requests`, `GB-seconds`. */
  readonly unit: string;
  /** AWS's service code and the price file's dimension: `AmazonApiGateway:rest_requests`. */
  readonly row: string;
}

function meter(service: ServiceId, item: string, unit: string, row: string): Meter {
  return { service, item, unit, row };
}

const meters = {
  'rest-requests': meter('api-gateway', 'REST requests', 'requests', 'AmazonApiGateway:rest_requests'),
  'http-requests': meter('api-gateway', 'HTTP requests', 'requests of 512 KB', 'AmazonApiGateway:http_requests'),
  'websocket-messages': meter(
    'api-gateway',
    'WebSocket messages',
    'messages of 32 KB',
    'AmazonApiGateway:websocket_messages',
  ),
  'websocket-minutes': meter(
    'api-gateway',
    'Connection minutes',
    'minutes',
    'AmazonApiGateway:websocket_connection_minutes',
  ),
  'cache-0.5gb': meter('api-gateway', 'Cache, 0.5 GB', 'hours', 'AmazonApiGateway:cache_0.5GB'),
  'cache-1.6gb': meter('api-gateway', 'Cache, 1.6 GB', 'hours', 'AmazonApiGateway:cache_1.6GB'),
  'cache-6.1gb': meter('api-gateway', 'Cache, 6.1 GB', 'hours', 'AmazonApiGateway:cache_6.1GB'),
  'cache-13.5gb': meter('api-gateway', 'Cache, 13.5 GB', 'hours', 'AmazonApiGateway:cache_13.5GB'),
  'cache-28.4gb': meter('api-gateway', 'Cache, 28.4 GB', 'hours', 'AmazonApiGateway:cache_28.4GB'),
  'cache-58.2gb': meter('api-gateway', 'Cache, 58.2 GB', 'hours', 'AmazonApiGateway:cache_58.2GB'),
  'cache-118gb': meter('api-gateway', 'Cache, 118 GB', 'hours', 'AmazonApiGateway:cache_118GB'),
  'cache-237gb': meter('api-gateway', 'Cache, 237 GB', 'hours', 'AmazonApiGateway:cache_237GB'),
  'api-portals': meter('api-gateway', 'Portals', 'portals', 'AmazonApiGateway:portal'),
  'lambda-requests': meter('lambda', 'Requests', 'requests', 'AWSLambda:requests'),
  'lambda-duration-x86': meter('lambda', 'Duration, x86_64', 'GB-seconds', 'AWSLambda:duration_x86'),
  'lambda-duration-arm64': meter('lambda', 'Duration, arm64', 'GB-seconds', 'AWSLambda:duration_arm64'),
  'lambda-ephemeral-storage': meter(
    'lambda',
    'Ephemeral storage over 512 MB',
    'GB-seconds',
    'AWSLambda:ephemeral_storage_over_512MB',
  ),
  'lambda-provisioned-x86': meter(
    'lambda',
    'Provisioned concurrency, x86_64',
    'GB-seconds',
    'AWSLambda:provisioned_concurrency_x86',
  ),
  'lambda-provisioned-duration-x86': meter(
    'lambda',
    'Duration on provisioned concurrency, x86_64',
    'GB-seconds',
    'AWSLambda:provisioned_duration_x86',
  ),
  'lambda-provisioned-arm64': meter(
    'lambda',
    'Provisioned concurrency, arm64',
    'GB-seconds',
    'AWSLambda:provisioned_concurrency_arm64',
  ),
  'lambda-provisioned-duration-arm64': meter(
    'lambda',
    'Duration on provisioned concurrency, arm64',
    'GB-seconds',
    'AWSLambda:provisioned_duration_arm64',
  ),
  'lambda-snapstart-cache': meter('lambda', 'SnapStart cache', 'GB-seconds', 'AWSLambda:snapstart_cache'),
  'lambda-snapstart-restores': meter('lambda', 'SnapStart restores', 'GB', 'AWSLambda:snapstart_restore'),
  'lambda-streamed': meter('lambda', 'Streamed responses over 6 MB', 'GB', 'AWSLambda:response_streaming'),
  'lambda-durable-operations': meter('lambda', 'Durable operations', 'operations', 'AWSLambda:durable_operations'),
  'lambda-durable-written': meter('lambda', 'Durable data written', 'GB', 'AWSLambda:durable_data_written'),
  'lambda-durable-retention': meter('lambda', 'Durable data kept', 'GB-months', 'AWSLambda:durable_retention'),
  'lambda-tenant-environments': meter('lambda', 'Tenant environments created', 'GB', 'AWSLambda:tenant_isolation'),
  'dynamodb-writes': meter('dynamodb', 'Writes, on-demand', 'write units', 'AmazonDynamoDB:on_demand_write'),
  'dynamodb-reads': meter('dynamodb', 'Reads, on-demand', 'read units', 'AmazonDynamoDB:on_demand_read'),
  'dynamodb-replicated-writes': meter(
    'dynamodb',
    'Replicated writes, on-demand',
    'replicated write units',
    'AmazonDynamoDB:on_demand_replicated_write',
  ),
  'dynamodb-ia-writes': meter(
    'dynamodb',
    'Writes, on-demand, Standard-IA',
    'write units',
    'AmazonDynamoDB:ia_on_demand_write',
  ),
  'dynamodb-ia-reads': meter(
    'dynamodb',
    'Reads, on-demand, Standard-IA',
    'read units',
    'AmazonDynamoDB:ia_on_demand_read',
  ),
  'dynamodb-ia-replicated-writes': meter(
    'dynamodb',
    'Replicated writes, on-demand, Standard-IA',
    'replicated write units',
    'AmazonDynamoDB:ia_on_demand_replicated_write',
  ),
  'dynamodb-wcu': meter('dynamodb', 'Write capacity', 'WCU-hours', 'AmazonDynamoDB:provisioned_wcu'),
  'dynamodb-rcu': meter('dynamodb', 'Read capacity', 'RCU-hours', 'AmazonDynamoDB:provisioned_rcu'),
  'dynamodb-rwcu': meter('dynamodb', 'Replicated write capacity', 'rWCU-hours', 'AmazonDynamoDB:provisioned_rwcu'),
  'dynamodb-ia-wcu': meter('dynamodb', 'Write capacity, Standard-IA', 'WCU-hours', 'AmazonDynamoDB:ia_provisioned_wcu'),
  'dynamodb-ia-rcu': meter('dynamodb', 'Read capacity, Standard-IA', 'RCU-hours', 'AmazonDynamoDB:ia_provisioned_rcu'),
  'dynamodb-ia-rwcu': meter(
    'dynamodb',
    'Replicated write capacity, Standard-IA',
    'rWCU-hours',
    'AmazonDynamoDB:ia_provisioned_rwcu',
  ),
  'dynamodb-storage': meter('dynamodb', 'Storage', 'GB-months', 'AmazonDynamoDB:storage_standard'),
  'dynamodb-ia-storage': meter('dynamodb', 'Storage, Standard-IA', 'GB-months', 'AmazonDynamoDB:ia_storage'),
  'dynamodb-pitr': meter('dynamodb', 'Point-in-time recovery', 'GB-months', 'AmazonDynamoDB:pitr_storage'),
  'dynamodb-backups': meter('dynamodb', 'Backups', 'GB-months', 'AmazonDynamoDB:on_demand_backup_storage'),
  'dynamodb-restores': meter('dynamodb', 'Restores', 'GB', 'AmazonDynamoDB:restore'),
  'dynamodb-exports': meter('dynamodb', 'Exports to S3', 'GB', 'AmazonDynamoDB:export_s3_full'),
  'dynamodb-incremental-exports': meter(
    'dynamodb',
    'Incremental exports to S3',
    'GB',
    'AmazonDynamoDB:export_s3_incremental',
  ),
  'dynamodb-imports': meter('dynamodb', 'Imports from S3', 'GB', 'AmazonDynamoDB:import_s3'),
  'dynamodb-stream-reads': meter('dynamodb', 'Stream reads', 'GetRecords requests', 'AmazonDynamoDB:streams_reads'),
  'dynamodb-kinesis': meter('dynamodb', 'Changes sent to Kinesis', 'units of 1 KB', 'AmazonDynamoDB:cdc_kinesis'),
  'dynamodb-reserved-rcu-1yr': meter(
    'dynamodb',
    'Reserved read capacity, 1 year',
    '100 RCU',
    'AmazonDynamoDB:reserved_1yr_rcu_per_100',
  ),
  'dynamodb-reserved-wcu-1yr': meter(
    'dynamodb',
    'Reserved write capacity, 1 year',
    '100 WCU',
    'AmazonDynamoDB:reserved_1yr_wcu_per_100',
  ),
  'dynamodb-reserved-rcu-3yr': meter(
    'dynamodb',
    'Reserved read capacity, 3 years',
    '100 RCU',
    'AmazonDynamoDB:reserved_3yr_rcu_per_100',
  ),
  'dynamodb-reserved-wcu-3yr': meter(
    'dynamodb',
    'Reserved write capacity, 3 years',
    '100 WCU',
    'AmazonDynamoDB:reserved_3yr_wcu_per_100',
  ),
  'logs-ingested': meter('cloudwatch', 'Logs ingested', 'GB', 'AmazonCloudWatch:logs_ingestion_standard'),
  'logs-ingested-infrequent': meter(
    'cloudwatch',
    'Logs ingested, Infrequent Access',
    'GB',
    'AmazonCloudWatch:logs_ingestion_infrequent',
  ),
  'logs-stored': meter('cloudwatch', 'Logs kept', 'GB-months', 'AmazonCloudWatch:logs_storage'),
  'logs-scanned': meter('cloudwatch', 'Logs scanned by Insights', 'GB', 'AmazonCloudWatch:logs_insights_scanned'),
  metrics: meter('cloudwatch', 'Custom metrics', 'metrics', 'AmazonCloudWatch:custom_metrics'),
  alarms: meter('cloudwatch', 'Alarms', 'alarms', 'AmazonCloudWatch:alarm_standard'),
  'alarms-high-resolution': meter(
    'cloudwatch',
    'High-resolution alarms',
    'alarms',
    'AmazonCloudWatch:alarm_high_resolution',
  ),
  'alarms-composite': meter('cloudwatch', 'Composite alarms', 'alarms', 'AmazonCloudWatch:alarm_composite'),
  dashboards: meter('cloudwatch', 'Dashboards', 'dashboards', 'AmazonCloudWatch:dashboard'),
  'metric-requests': meter('cloudwatch', 'Metric API requests', 'requests', 'AmazonCloudWatch:api_requests'),
  'traces-recorded': meter('x-ray', 'Traces recorded', 'traces', 'AWSXRay:traces_recorded'),
  'traces-retrieved': meter('x-ray', 'Traces retrieved or scanned', 'traces', 'AWSXRay:traces_retrieved_or_scanned'),
  'traces-insights': meter('x-ray', 'Traces for Insights', 'traces', 'AWSXRay:insights_traces'),
  'sns-publishes': meter('sns', 'Publishes', 'requests of 64 KB', 'AmazonSNS:publish'),
  'sns-http-deliveries': meter('sns', 'Deliveries to HTTP', 'deliveries', 'AmazonSNS:http_delivery'),
  'sns-email-deliveries': meter('sns', 'Deliveries to email', 'deliveries', 'AmazonSNS:email_delivery'),
  'sns-aws-deliveries': meter('sns', 'Deliveries to SQS and Lambda', 'deliveries', 'AmazonSNS:sqs_lambda_delivery'),
  'sns-fifo-publishes': meter('sns', 'FIFO publishes', 'requests', 'AmazonSNS:fifo_publish'),
  'sns-fifo-payload': meter('sns', 'FIFO payload', 'GB', 'AmazonSNS:fifo_payload'),
  'sqs-requests': meter('sqs', 'Requests', 'requests of 64 KB', 'AWSQueueService:standard'),
  'sqs-fifo-requests': meter('sqs', 'FIFO requests', 'requests of 64 KB', 'AWSQueueService:fifo'),
  'cognito-lite-users': meter('cognito', 'Lite users', 'active users', 'AmazonCognito:lite_mau'),
  'cognito-essentials-users': meter('cognito', 'Essentials users', 'active users', 'AmazonCognito:essentials_mau'),
  'cognito-plus-users': meter('cognito', 'Plus users', 'active users', 'AmazonCognito:plus_mau'),
  'data-out': meter('data-transfer', 'To the internet', 'GB', 'AWSDataTransfer:internet_out'),
  'data-inter-region': meter('data-transfer', 'To other regions', 'GB', 'AWSDataTransfer:inter_region_out'),
  'nat-gateway-hours': meter('vpc', 'NAT gateways', 'hours', 'AmazonEC2:nat_gateway_hour'),
  'nat-gateway-data': meter('vpc', 'NAT gateway data', 'GB', 'AmazonEC2:nat_gateway_data'),
  'vpc-endpoint-hours': meter('vpc', 'Interface endpoints', 'zone-hours', 'AmazonVPC:interface_endpoint_hour'),
  'vpc-endpoint-data': meter('vpc', 'Interface endpoint data', 'GB', 'AmazonVPC:interface_endpoint_data'),
  'load-balancer-hours': meter('load-balancing', 'Load balancers', 'hours', 'AWSELB:alb_or_nlb_hour'),
  'load-balancer-units': meter('load-balancing', 'Load balancer capacity', 'LCU-hours', 'AWSELB:alb_lcu'),
  'hosted-zones': meter('route-53', 'Hosted zones', 'zones', 'AmazonRoute53:hosted_zone'),
  'dns-queries': meter('route-53', 'DNS queries', 'queries', 'AmazonRoute53:standard_queries'),
  certificates: meter('certificates', 'Public certificates', 'certificates', 'ACM:public_certificate'),
};

export type MeterId = keyof typeof meters;

/** Every meter by its id, as `apigen prices` and the `other:` block of a usage file name it. */
export const METERS: Readonly<Record<MeterId, Meter>> = meters;

/** Meter ids in the order of an estimate. */
export const METER_IDS = Object.keys(meters) as readonly MeterId[];

/** Whether a word is the id of a meter. */
export function isMeterId(word: string): word is MeterId {
  return Object.hasOwn(meters, word);
}
