import { describe, expect, it } from '@jest/globals';
import { recordedKinds, type Sent } from './recorded/recorded-kinds.ts';

const FunctionName = 'shop-prod-orders-list';
const target = { id: 'function:orders-list', name: FunctionName };

const configuration = (Version: string, Description: string, CodeSha256: string) => ({
  FunctionName,
  Version,
  Description,
  CodeSha256,
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::123456789012:role/apigen/shop/prod/orders-list',
  MemorySize: 256,
  Timeout: 10,
});

/** What is deleted of versions 1 to 4 when an alias serves version 4, and those that `weights` name. */
async function pruned(latest: object, weights: Record<string, number> = {}): Promise<readonly string[]> {
  const sent: Sent[] = [];
  const kinds = recordedKinds(
    [
      { operation: 'ListVersionsByFunction', answer: { Versions: [latest, ...versions] } },
      { operation: 'DeleteFunction' },
    ],
    sent,
  );
  await kinds.get('lambda-function')?.prune?.(target, [
    { functionName: FunctionName, publication: 'apigen:dddd', weights },
    { functionName: 'shop-prod-other', publication: 'apigen:aaaa', weights: {} },
  ]);
  return sent.flatMap(([operation, input]) =>
    operation === 'DeleteFunction' ? [String((input as { Qualifier?: string }).Qualifier)] : [],
  );
}

const versions = [
  configuration('1', 'apigen:aaaa', 'one'),
  configuration('2', 'apigen:bbbb', 'two'),
  configuration('3', 'by hand', 'three'),
  configuration('4', 'apigen:dddd', 'four'),
];

describe('pruning the versions of a function', () => {
  it('deletes what no alias of this function serves, and nothing that somebody else published', async () => {
    expect(await pruned(configuration('$LATEST', 'apigen:dddd', 'four'))).toEqual(['1', '2']);
  });

  it('spares the version that $LATEST equals: without it the next deploy would take that for a change by hand', async () => {
    expect(await pruned(configuration('$LATEST', '', 'one'))).toEqual(['2']);
    expect(await pruned({ ...configuration('$LATEST', '', 'two'), MemorySize: 512 })).toEqual(['1', '2']);
  });

  it('spares a version that a canary sends calls to', async () => {
    expect(await pruned(configuration('$LATEST', '', 'four'), { 'apigen:bbbb': 0.1 })).toEqual(['1']);
  });
});
