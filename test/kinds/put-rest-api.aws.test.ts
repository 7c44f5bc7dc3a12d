import { GetResourcesCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import { connect } from '../../src/aws/connect.ts';
import { differences } from '../../src/engine/compare.ts';
import type { Kind, Props } from '../../src/engine/kind.ts';
import { allKinds } from '../../src/kinds/index.ts';
import { restDefinition } from '../../src/kinds/rest-definition.ts';
import { defaultTimeoutMs, type RestMethodProps } from '../../src/kinds/rest-method.ts';

const uri =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f:v1/invocations';

const proxy: RestMethodProps = {
  authorizationType: 'NONE',
  apiKeyRequired: false,
  requestParameters: {},
  requestModels: {},
  integration: {
    type: 'AWS_PROXY',
    httpMethod: 'POST',
    uri,
    passthroughBehavior: 'WHEN_NO_MATCH',
    contentHandling: '',
    timeoutInMillis: defaultTimeoutMs,
    requestParameters: {},
    requestTemplates: {},
  },
  responses: {},
};

const methodsOf = (count: number): Record<string, RestMethodProps> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`GET /items-${index}/{id}`, proxy]));

describe('the definition of a REST API, on moto', () => {
  const calls: string[] = [];
  const owner = { project: 'whole', stage: 'dev' };
  const made: { kind: Kind; id: string }[] = [];
  const open = async (): Promise<Aws> =>
    connect({
      region: 'eu-west-1',
      endpoint: process.env['MOTO_ENDPOINT'],
      env: {},
      onCall: (event) => calls.push(event.operation),
    });
  const deployed = async (aws: Aws, name: string, methods: Readonly<Record<string, RestMethodProps>>) => {
    const context = { aws, owner, artifact: async () => new Uint8Array() };
    const shell = allKinds(context).get('rest-api');
    if (!shell) throw new Error('no kind rest-api');
    const props: Props = {
      apiName: name,
      description: 'as it was',
      endpointType: 'REGIONAL',
      tags: { 'apigen:project': 'whole', 'apigen:stage': 'dev', 'apigen:node': `rest-api:${name}` },
    };
    const api = await shell.reconcile({ id: `rest-api:${name}`, name }, props, undefined);
    made.push({ kind: shell, id: api.physicalId });
    const definition = restDefinition(context);
    const target = { id: `rest-api:${name}/definition`, name };
    const desired = { apiId: api.physicalId, methods, snapshot: `apigen:${name}` } as unknown as Props;
    await definition.reconcile(target, desired, undefined);
    const live = await definition.read(target, desired);
    const { items = [] } = await aws.apiGateway.send(
      new GetResourcesCommand({ restApiId: api.physicalId, embed: ['methods'], limit: 500 }),
    );
    const shellNow = await shell.read({ id: `rest-api:${name}`, name, physicalId: api.physicalId }, props);
    return { definition, live, desired, items, shell, shellNow, props };
  };

  afterAll(async () => {
    for (const { kind, id } of made) await kind.remove({ id: 'rest-api', name: '', physicalId: id });
  });

  it('is put by one call where single calls would be many, and leaves the same live state', async () => {
    const aws = await open();
    const few = await deployed(aws, 'single', methodsOf(5));
    expect(calls.filter((name) => name === 'PutMethod')).toHaveLength(5);
    expect(calls).not.toContain('PutRestApi');
    calls.length = 0;
    const many = await deployed(aws, 'whole', methodsOf(30));
    expect(calls.filter((name) => name === 'PutRestApi')).toHaveLength(1);
    expect(calls).not.toContain('PutMethod');
    expect(calls).not.toContain('CreateResource');

    expect(differences(many.live?.props ?? {}, many.desired, many.definition.fields)).toEqual([]);
    expect(differences(many.shellNow?.props ?? {}, many.props, many.shell.fields)).toEqual([]);
    const integration = (items: typeof few.items) =>
      items.find((item) => item.path === '/items-0/{id}')?.resourceMethods?.['GET']?.methodIntegration;
    const { cacheNamespace: _one, ...wholeIntegration } = integration(many.items) ?? {};
    const { cacheNamespace: _two, ...singleIntegration } = integration(few.items) ?? {};
    expect(wholeIntegration).toMatchObject({
      type: singleIntegration.type,
      httpMethod: singleIntegration.httpMethod,
      uri: singleIntegration.uri,
      passthroughBehavior: singleIntegration.passthroughBehavior,
      timeoutInMillis: singleIntegration.timeoutInMillis,
    });
  });
});
