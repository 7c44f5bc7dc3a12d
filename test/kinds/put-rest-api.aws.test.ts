import { GetResourcesCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import { connect } from '../../src/aws/connect.ts';
import { differences } from '../../src/engine/compare.ts';
import type { Kind, Props } from '../../src/engine/kind.ts';
import { allKinds } from '../../src/kinds/index.ts';
import type { RestContent } from '../../src/kinds/rest-content.ts';
import { restDefinition } from '../../src/kinds/rest-definition.ts';
import { created, keyed, wholeContent, withValidators } from './samples/rest-methods.ts';
import type { Place } from './samples/sample.ts';

const owner = { project: 'whole', stage: 'dev' };
const place: Place = { account: '123456789012', region: 'eu-west-1', partition: 'aws', owner };

/** Every kind of child, and so many methods. (Mocks cannot be put whole on moto.) */
function contentOf(count: number): RestContent {
  const { 'GET /health': _, ...methods } = wholeContent(place).methods;
  const more = Array.from({ length: count }, (_unused, index) => [
    [`GET /items-${index}/{id}`, keyed(place)] as const,
    [`POST /items-${index}`, created(place)] as const,
  ]);
  return withValidators({
    ...wholeContent(place),
    methods: { ...methods, ...Object.fromEntries(more.flat()) },
  });
}

describe('the definition of a REST API, on moto', () => {
  const calls: string[] = [];
  const made: { kind: Kind; id: string }[] = [];
  const open = async (): Promise<Aws> =>
    connect({
      region: 'eu-west-1',
      endpoint: process.env['MOTO_ENDPOINT'],
      env: {},
      onCall: (event) => calls.push(event.operation),
    });
  const deployed = async (aws: Aws, name: string, content: RestContent) => {
    const context = { aws, owner, artifact: async () => new Uint8Array() };
    const shell = allKinds(context).get('rest-api');
    if (!shell) throw new Error('no kind rest-api');
    const props: Props = {
      apiName: name,
      description: 'as it was',
      endpointType: 'REGIONAL',
      binaryMediaTypes: [],
      minimumCompressionSize: null,
      apiKeySource: 'HEADER',
      policy: null,
      endpointDisabled: false,
      tags: { 'apigen:project': 'whole', 'apigen:stage': 'dev', 'apigen:node': `rest-api:${name}` },
    };
    const api = await shell.reconcile({ id: `rest-api:${name}`, name }, props, undefined);
    made.push({ kind: shell, id: api.physicalId });
    const definition = restDefinition(context);
    const target = { id: `rest-api:${name}/definition`, name };
    const desired = { apiId: api.physicalId, ...content, snapshot: `apigen:${name}` } as unknown as Props;
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
    const few = await deployed(aws, 'single', contentOf(0));
    expect(calls.filter((name) => name === 'PutMethod').length).toBe(Object.keys(contentOf(0).methods).length);
    expect(calls).not.toContain('PutRestApi');
    calls.length = 0;
    const many = await deployed(aws, 'whole', contentOf(10));
    expect(calls.filter((name) => name === 'PutRestApi')).toHaveLength(1);
    expect(calls).not.toContain('CreateResource');

    for (const { live, desired, definition } of [few, many]) {
      expect(differences(live?.props ?? {}, desired, definition.fields)).toEqual([]);
    }
    expect(differences(many.shellNow?.props ?? {}, many.props, many.shell.fields)).toEqual([]);
    const integration = (items: typeof few.items) =>
      items.find((item) => item.path === '/orders/{id}')?.resourceMethods?.['GET']?.methodIntegration;
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
