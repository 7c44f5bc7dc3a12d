// How a call is put in words for errors and progress: `create function shop-dev-products-create`.
// Only names and ids are taken from an input, never values a person stored.

/** Fields that name what a call is about, the most telling first. */
const namingFields = [
  'FunctionName',
  'RoleName',
  'TableName',
  'TargetTableName',
  'TableArn',
  'QueueName',
  'QueueUrl',
  'TopicArn',
  'AlarmName',
  'Rule',
  'logGroupName',
  'logGroupNamePrefix',
  'DomainName',
  'domainName',
  'RouteKey',
  'stageName',
  'StageName',
  'name',
  'Name',
  'restApiId',
  'ApiId',
  'usagePlanId',
  'resourceArn',
  'ResourceArn',
  'Resource',
] as const;

const verbs: readonly (readonly [RegExp, string])[] = [
  [/^(Create)/, 'create'],
  [/^(Delete)/, 'delete'],
  [/^(Update)/, 'update'],
  [/^(Get|Describe)/, 'read'],
  [/^(List)/, 'list'],
  [/^(Put)/, 'set'],
  [/^(Import)/, 'import'],
  [/^(Add)/, 'add'],
  [/^(Remove)/, 'remove'],
  [/^(Tag)/, 'tag'],
  [/^(Untag)/, 'untag'],
];

/** Operations whose own name reads badly. */
const phrases: Readonly<Record<string, string>> = {
  AddPermission: 'add a permission to function',
  BatchGetItem: 'read rows of table',
  BatchWriteItem: 'write rows of table',
  CreateAlias: 'create an alias of function',
  CreateDeployment: 'create a deployment of API',
  CreateStage: 'create stage',
  DeleteAlias: 'delete an alias of function',
  DeleteItem: 'delete a row of table',
  DeleteRolePolicy: 'delete a policy of role',
  ExportTableToPointInTime: 'export table',
  FilterLogEvents: 'read the logs of',
  GetCallerIdentity: 'ask AWS which account this is',
  GetItem: 'read a row of table',
  GetPolicy: 'read the permissions of function',
  GetRolePolicy: 'read a policy of role',
  PublishVersion: 'publish a version of function',
  PutItem: 'write a row of table',
  PutRetentionPolicy: 'set the retention of log group',
  PutRolePolicy: 'set a policy of role',
  Query: 'read rows of table',
  RemovePermission: 'remove a permission from function',
  RestoreTableFromBackup: 'restore table',
  RestoreTableToPointInTime: 'restore table',
  Scan: 'read rows of table',
  TransactWriteItems: 'write rows of table',
  UpdateAlias: 'move an alias of function',
  UpdateFunctionCode: 'update the code of function',
  UpdateFunctionConfiguration: 'update the settings of function',
  UpdateItem: 'write a row of table',
};

/** `create function shop-dev-list`: what comes after "Cannot". */
export function describeCall(operation: string, resource: string | undefined): string {
  const phrase = phrases[operation] ?? derivedPhrase(operation);
  return resource === undefined ? phrase : `${phrase} ${resource}`;
}

/** The name or id that an input is about, if it has one. */
export function describeResource(input: object): string | undefined {
  const fields = new Map<string, unknown>(Object.entries(input));
  for (const field of namingFields) {
    const value = fields.get(field);
    if (typeof value === 'string' && value !== '') return value.replace(/^arn:.+:table\//, '');
  }
  return tableOfTransaction(fields.get('TransactItems'));
}

function derivedPhrase(operation: string): string {
  for (const [pattern, verb] of verbs) {
    if (pattern.test(operation)) return `${verb} ${noun(operation.replace(pattern, ''))}`.trim();
  }
  return `call ${operation}`;
}

/** `RestApi` is `REST API`, `VpcLink` is `VPC link`. */
function noun(camel: string): string {
  const words = camel.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.replace(/\b(api|apis|vpc|rest)\b/g, (word) => (word === 'apis' ? 'APIs' : word.toUpperCase()));
}

function tableOfTransaction(items: unknown): string | undefined {
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  if (typeof first !== 'object' || first === null) return undefined;
  for (const action of Object.values(first)) {
    if (typeof action === 'object' && action !== null && 'TableName' in action) return String(action.TableName);
  }
  return undefined;
}
