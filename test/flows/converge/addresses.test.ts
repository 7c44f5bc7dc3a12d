import { describe, expect, it } from '@jest/globals';
import type { ApiDefinition } from '../../../src/api/definition.ts';
import type { Aws } from '../../../src/aws/aws.ts';
import type { Live } from '../../../src/engine/kind.ts';
import { addressesOf, domainTargets } from '../../../src/flows/converge/addresses.ts';
import { apiNodeId } from '../../../src/flows/converge/graph/api-node-id.ts';

const aws = { partition: 'aws', region: 'eu-west-1' } as Aws;
const live = (outputs: Live['outputs']): Live => ({ physicalId: 'api.example.com', props: {}, outputs, owned: true });

function addresses(type: 'rest' | 'http', basePath: string | undefined, disabled: boolean, version = 'v1') {
  const definition = {
    type,
    name: 'public',
    stage: { name: type === 'rest' ? 'dev' : '$default' },
    routes: [
      {
        method: 'GET',
        path: '/orders',
        routeKey: 'GET /orders',
        authorization: { type: 'NONE' },
        apiKeyRequired: false,
      },
    ],
    ...(basePath !== undefined && { domain: { domainName: 'api.example.com', basePath } }),
    defaultEndpointDisabled: disabled,
  } as unknown as ApiDefinition;
  return addressesOf(
    new Map([['public', definition]]),
    version,
    new Map([[apiNodeId(definition, version), live({ apiId: 'abc' })]]),
    aws,
  ).map(({ url }) => url);
}

describe('the address of a route', () => {
  it.each([
    [
      'of AWS, where nothing else is said',
      'http',
      undefined,
      false,
      'https://abc.execute-api.eu-west-1.amazonaws.com/orders',
    ],
    ['of AWS beside a domain', 'rest', 'shop', false, 'https://abc.execute-api.eu-west-1.amazonaws.com/dev/orders'],
    ['the domain, where that of AWS is off', 'http', '', true, 'https://api.example.com/orders'],
    ['below its base path', 'rest', 'shop', true, 'https://api.example.com/shop/orders'],
  ] as const)('is %s', (_, type, basePath, disabled, url) => {
    expect(addresses(type, basePath, disabled)).toEqual([url]);
  });

  it('is below the version, as each type of API maps it', () => {
    expect(addresses('http', 'shop', true, 'v2')).toEqual(['https://api.example.com/shop/v2/orders']);
    expect(addresses('rest', 'shop', true, 'v2')).toEqual(['https://api.example.com/shop-v2/orders']);
  });
});

describe('the target of a custom domain', () => {
  const at = (outputs: Live['outputs']) => domainTargets(new Map([['domain:api.example.com', live(outputs)]]));

  it('is the host that AWS minted, once it has', () => {
    const target = 'd-1.execute-api.eu-west-1.amazonaws.com';
    expect(at({ target, hostedZoneId: 'Z1' })).toEqual([{ domain: 'api.example.com', target, hostedZoneId: 'Z1' }]);
    expect(at({ target: '', hostedZoneId: '' })).toEqual([]);
    expect(at({ apiId: 'abc' })).toEqual([]);
  });
});
