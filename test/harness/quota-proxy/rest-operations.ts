// Names of REST-style operations from method and path, for API Gateway (v1 and v2) and Lambda. Written from AWS's API
// references; what stands in no table is named by its method and path, so that it still shows in the log.

export interface RestOperation {
  readonly operation: string;
  readonly resource: string | undefined;
}

type Methods = Readonly<Record<string, string>>;
/** `*` stands for one segment; the first one matched is the resource. */
type Table = readonly (readonly [string, Methods])[];

const collection = (singular: string, plural: string): Methods => ({ POST: `Create${singular}`, GET: `Get${plural}` });
const item = (name: string): Methods => ({ GET: `Get${name}`, DELETE: `Delete${name}`, PATCH: `Update${name}` });
const placed = (name: string): Methods => ({ ...item(name), PUT: `Put${name}` });

const apiGateway: Table = [
  ['/restapis', collection('RestApi', 'RestApis')],
  ['/restapis/*', { ...item('RestApi'), PUT: 'PutRestApi' }],
  ['/restapis/*/resources', { GET: 'GetResources' }],
  ['/restapis/*/resources/*', { ...item('Resource'), POST: 'CreateResource' }],
  ['/restapis/*/resources/*/methods/*', placed('Method')],
  ['/restapis/*/resources/*/methods/*/responses/*', placed('MethodResponse')],
  ['/restapis/*/resources/*/methods/*/integration', placed('Integration')],
  ['/restapis/*/resources/*/methods/*/integration/responses/*', placed('IntegrationResponse')],
  ['/restapis/*/deployments', collection('Deployment', 'Deployments')],
  ['/restapis/*/deployments/*', item('Deployment')],
  ['/restapis/*/stages', collection('Stage', 'Stages')],
  ['/restapis/*/stages/*', item('Stage')],
  ['/restapis/*/stages/*/cache/data', { DELETE: 'FlushStageCache' }],
  ['/restapis/*/stages/*/exports/*', { GET: 'GetExport' }],
  ['/restapis/*/authorizers', collection('Authorizer', 'Authorizers')],
  ['/restapis/*/authorizers/*', item('Authorizer')],
  ['/restapis/*/models', collection('Model', 'Models')],
  ['/restapis/*/models/*', item('Model')],
  ['/restapis/*/requestvalidators', collection('RequestValidator', 'RequestValidators')],
  ['/restapis/*/requestvalidators/*', item('RequestValidator')],
  ['/restapis/*/gatewayresponses', { GET: 'GetGatewayResponses' }],
  ['/restapis/*/gatewayresponses/*', placed('GatewayResponse')],
  ['/apikeys', collection('ApiKey', 'ApiKeys')],
  ['/apikeys/*', item('ApiKey')],
  ['/usageplans', collection('UsagePlan', 'UsagePlans')],
  ['/usageplans/*', item('UsagePlan')],
  ['/usageplans/*/keys', collection('UsagePlanKey', 'UsagePlanKeys')],
  ['/usageplans/*/keys/*', item('UsagePlanKey')],
  ['/domainnames', collection('DomainName', 'DomainNames')],
  ['/domainnames/*', item('DomainName')],
  ['/domainnames/*/basepathmappings', collection('BasePathMapping', 'BasePathMappings')],
  ['/domainnames/*/basepathmappings/*', item('BasePathMapping')],
  ['/vpclinks', collection('VpcLink', 'VpcLinks')],
  ['/vpclinks/*', item('VpcLink')],
  ['/account', { GET: 'GetAccount', PATCH: 'UpdateAccount' }],
  ['/tags/*', { GET: 'GetTags', PUT: 'TagResource', DELETE: 'UntagResource' }],
];

const apiGatewayV2: Table = [
  ['/v2/apis', { ...collection('Api', 'Apis'), PUT: 'ImportApi' }],
  ['/v2/apis/*', { ...item('Api'), PUT: 'ReimportApi' }],
  ['/v2/apis/*/cors', { DELETE: 'DeleteCorsConfiguration' }],
  ['/v2/apis/*/routes', collection('Route', 'Routes')],
  ['/v2/apis/*/routes/*', item('Route')],
  ['/v2/apis/*/integrations', collection('Integration', 'Integrations')],
  ['/v2/apis/*/integrations/*', item('Integration')],
  ['/v2/apis/*/deployments', collection('Deployment', 'Deployments')],
  ['/v2/apis/*/deployments/*', item('Deployment')],
  ['/v2/apis/*/stages', collection('Stage', 'Stages')],
  ['/v2/apis/*/stages/*', item('Stage')],
  ['/v2/apis/*/authorizers', collection('Authorizer', 'Authorizers')],
  ['/v2/apis/*/authorizers/*', item('Authorizer')],
  ['/v2/apis/*/models', collection('Model', 'Models')],
  ['/v2/apis/*/models/*', item('Model')],
  ['/v2/domainnames', collection('DomainName', 'DomainNames')],
  ['/v2/domainnames/*', item('DomainName')],
  ['/v2/domainnames/*/apimappings', collection('ApiMapping', 'ApiMappings')],
  ['/v2/domainnames/*/apimappings/*', item('ApiMapping')],
  ['/v2/vpclinks', collection('VpcLink', 'VpcLinks')],
  ['/v2/vpclinks/*', item('VpcLink')],
  ['/v2/tags/*', { GET: 'GetTags', POST: 'TagResource', DELETE: 'UntagResource' }],
];

/** Lambda's paths begin with the date of the API version in which they came. */
const lambda: Table = [
  ['/functions', { POST: 'CreateFunction', GET: 'ListFunctions' }],
  ['/functions/*', { GET: 'GetFunction', DELETE: 'DeleteFunction' }],
  ['/functions/*/configuration', { GET: 'GetFunctionConfiguration', PUT: 'UpdateFunctionConfiguration' }],
  ['/functions/*/code', { PUT: 'UpdateFunctionCode' }],
  ['/functions/*/versions', { POST: 'PublishVersion', GET: 'ListVersionsByFunction' }],
  ['/functions/*/aliases', { POST: 'CreateAlias', GET: 'ListAliases' }],
  ['/functions/*/aliases/*', { GET: 'GetAlias', PUT: 'UpdateAlias', DELETE: 'DeleteAlias' }],
  ['/functions/*/policy', { POST: 'AddPermission', GET: 'GetPolicy' }],
  ['/functions/*/policy/*', { DELETE: 'RemovePermission' }],
  ['/functions/*/invocations', { POST: 'Invoke' }],
  [
    '/functions/*/concurrency',
    { PUT: 'PutFunctionConcurrency', GET: 'GetFunctionConcurrency', DELETE: 'DeleteFunctionConcurrency' },
  ],
  ['/event-source-mappings', { POST: 'CreateEventSourceMapping', GET: 'ListEventSourceMappings' }],
  [
    '/event-source-mappings/*',
    { GET: 'GetEventSourceMapping', PUT: 'UpdateEventSourceMapping', DELETE: 'DeleteEventSourceMapping' },
  ],
  ['/tags/*', { GET: 'ListTags', POST: 'TagResource', DELETE: 'UntagResource' }],
  ['/account-settings', { GET: 'GetAccountSettings' }],
];

export function apiGatewayOperation(method: string, url: string): RestOperation {
  const found = lookUp(apiGateway, method, url);
  const imports = new URLSearchParams(url.split('?')[1]).get('mode') === 'import';
  return found.operation === 'CreateRestApi' && imports ? { ...found, operation: 'ImportRestApi' } : found;
}

export function apiGatewayV2Operation(method: string, url: string): RestOperation {
  return lookUp(apiGatewayV2, method, url);
}

export function lambdaOperation(method: string, url: string): RestOperation {
  return lookUp(lambda, method, url.replace(/^\/\d{4}-\d{2}-\d{2}/, ''));
}

function lookUp(table: Table, method: string, url: string): RestOperation {
  const path = (url.split('?', 1)[0] ?? '/').replace(/(.)\/$/, '$1');
  // Only a tag's ARN holds slashes of its own.
  const segments = path.startsWith('/tags/') || path.startsWith('/v2/tags/') ? tagSegments(path) : path.split('/');
  for (const [pattern, methods] of table) {
    const parts = pattern.split('/');
    const operation = methods[method];
    if (operation === undefined || parts.length !== segments.length) continue;
    if (!parts.every((part, index) => part === '*' || part === segments[index])) continue;
    const first = segments[parts.indexOf('*')];
    return { operation, resource: first === undefined ? undefined : nameOf(decodeURIComponent(first)) };
  }
  return { operation: `${method} ${path}`, resource: undefined };
}

function tagSegments(path: string): string[] {
  const at = path.indexOf('/tags/') + '/tags/'.length;
  return [...path.slice(0, at - 1).split('/'), path.slice(at)];
}

/** A function may be named by its ARN, with or without a qualifier. */
function nameOf(segment: string): string {
  if (!segment.startsWith('arn:')) return segment;
  const [, , , , , kind = '', name = ''] = segment.split(':');
  return kind === 'function' ? name : kind.replace(/^.*\//, '');
}
