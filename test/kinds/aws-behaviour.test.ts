import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Kind, Live, Props, Target } from '../../src/engine/kind.ts';
import { defaultMethodSettings } from '../../src/kinds/rest-method-settings.ts';
import { dated, type RecordedAnswer, recordedKinds, type Sent } from './recorded/recorded-kinds.ts';

interface RecordedCase {
  readonly target: Target;
  readonly desired: Props;
  readonly answers: readonly RecordedAnswer[];
}

/** The first recorded case of a kind, with more answers before its own, and what is sent. */
function recorded(name: string, more: readonly RecordedAnswer[]) {
  const file = new URL(`./recorded/${name}.json`, import.meta.url);
  const cases: readonly RecordedCase[] = JSON.parse(readFileSync(file, 'utf8'), dated).cases;
  const sent: Sent[] = [];
  const [first] = cases;
  const kind: Kind | undefined = first && recordedKinds([...more, ...first.answers], sent).get(name);
  if (!kind || !first) throw new Error(`nothing is recorded for ${name}`);
  const bring = async (desired: Props, live: Partial<Props>): Promise<readonly Sent[]> => {
    const seen = await kind.read(first.target, first.desired);
    sent.length = 0;
    const before: Live | undefined = seen && { ...seen, props: { ...seen.props, ...live } };
    await kind.reconcile(first.target, { ...first.desired, ...desired }, before);
    return sent.filter(([operation]) => !/^(Get|List|Describe)/.test(operation));
  };
  return { bring };
}

describe('what AWS does and emulators do not', () => {
  it('a throttle taken from an HTTP stage becomes the account limits: left out, AWS would make it 0', async () => {
    const account = { operation: 'GetAccount', answer: { throttleSettings: { rateLimit: 2500, burstLimit: 1250 } } };
    const { bring } = recorded('http-stage', [account, { operation: 'UpdateStage' }]);
    const sent = await bring({ throttle: null }, { throttle: { rate: 5, burst: 10 } });
    expect(sent).toMatchObject([
      ['UpdateStage', { DefaultRouteSettings: { ThrottlingRateLimit: 2500, ThrottlingBurstLimit: 1250 } }],
    ]);
  });

  it('a throttle taken from a REST stage is removed with the settings of every method', async () => {
    const { bring } = recorded('rest-stage', [{ operation: 'UpdateStage' }]);
    const limited = { '*/*': { ...defaultMethodSettings, throttle: { rate: 5, burst: 10 } } };
    const sent = await bring({ settings: {} }, { settings: limited });
    expect(sent).toMatchObject([['UpdateStage', { patchOperations: [{ op: 'remove', path: '/*/*' }] }]]);
  });

  it('variables of a REST stage are made by replace, which is all that API Gateway supports', async () => {
    const { bring } = recorded('rest-stage', [{ operation: 'UpdateStage' }]);
    const sent = await bring({ variables: { colour: 'green' } }, { variables: { size: 'small' } });
    expect(sent).toMatchObject([
      [
        'UpdateStage',
        {
          patchOperations: [
            { op: 'remove', path: '/variables/size' },
            { op: 'replace', path: '/variables/colour', value: 'green' },
          ],
        },
      ],
    ]);
  });

  it('a path of a custom domain moves to another API in one call, its stage with it', async () => {
    const { bring } = recorded('base-path-mapping', [{ operation: 'UpdateBasePathMapping' }]);
    const sent = await bring({ apiId: 'f6g7h8i9j0', stage: 'live' }, {});
    expect(sent).toMatchObject([
      [
        'UpdateBasePathMapping',
        {
          basePath: 'v1',
          patchOperations: [
            { op: 'replace', path: '/restapiId', value: 'f6g7h8i9j0' },
            { op: 'replace', path: '/stage', value: 'live' },
          ],
        },
      ],
    ]);
  });

  it('a cache that is still made is waited for before the stage changes again', async () => {
    const stage = (cacheClusterStatus: string) => ({
      answer: { stageName: 'live', deploymentId: 'dep222', cacheClusterStatus },
    });
    const { bring } = recorded('rest-stage', [
      { operation: 'UpdateStage' },
      { operation: 'TagResource' },
      { operation: 'GetStage', ...stage('NOT_AVAILABLE'), once: true },
      { operation: 'GetStage', ...stage('CREATE_IN_PROGRESS'), once: true },
      { operation: 'GetStage', ...stage('AVAILABLE'), once: true },
    ]);
    const [moved] = await bring({ cacheCluster: '0.5' }, { cacheCluster: '', variables: {} });
    expect(moved).toMatchObject([
      'UpdateStage',
      {
        patchOperations: [
          { op: 'replace', path: '/cacheClusterEnabled', value: 'true' },
          { op: 'replace', path: '/cacheClusterSize', value: '0.5' },
        ],
      },
    ]);
  });

  it("the account's role for logs is made, trusted by API Gateway, and set", async () => {
    const { bring } = recorded('gateway-account', [
      { operation: 'CreateRole' },
      { operation: 'PutRolePolicy' },
      { operation: 'UpdateAccount' },
    ]);
    const sent = await bring({}, {});
    expect(sent.map(([operation]) => operation)).toEqual(['CreateRole', 'PutRolePolicy', 'UpdateAccount']);
    expect(JSON.stringify(sent)).toContain('apigateway.amazonaws.com');
    expect(sent[2]?.[1]).toEqual({
      patchOperations: [
        {
          op: 'replace',
          path: '/cloudwatchRoleArn',
          value: 'arn:aws:iam::123456789012:role/apigen-api-gateway-logs',
        },
      ],
    });
  });

  it('CORS settings that an update leaves standing are made anew', async () => {
    const CorsConfiguration = { AllowOrigins: ['https://shop.example.com'], ExposeHeaders: ['x-request-id'] };
    const { bring } = recorded('http-api', [
      { operation: 'UpdateApi', answer: { CorsConfiguration } },
      { operation: 'DeleteCorsConfiguration' },
    ]);
    const sent = await bring({}, { cors: null });
    expect(sent.map(([operation]) => operation)).toEqual(['UpdateApi', 'DeleteCorsConfiguration', 'UpdateApi']);
  });

  it('continuous backups are asked for again while DynamoDB still enables backups for a fresh table', async () => {
    const { bring } = recorded('dynamodb-table', [
      { operation: 'UpdateContinuousBackups', error: 'ContinuousBackupsUnavailableException', once: true },
      { operation: 'UpdateContinuousBackups' },
    ]);
    const sent = await bring({}, { recoveryDays: 0 });
    expect(sent.map(([operation]) => operation)).toEqual(['UpdateContinuousBackups', 'UpdateContinuousBackups']);
  });

  it('a time to live changed twice within the hour says when it can be', async () => {
    const message = 'Time to live has been modified multiple times within a fixed interval';
    const { bring } = recorded('dynamodb-table', [
      { operation: 'UpdateTimeToLive', once: true },
      { operation: 'UpdateTimeToLive', error: 'ValidationException', message },
    ]);
    await expect(bring({ ttlAttribute: 'goneAt' }, {})).rejects.toMatchObject({
      code: 'TTL_TOO_SOON',
      hint: expect.stringContaining('in an hour'),
    });
  });

  it('indexes change one at a time, each with the attributes of those that stand by then', async () => {
    const { bring } = recorded('dynamodb-table', [{ operation: 'UpdateTable' }]);
    const byDay = { keys: { hash: { name: 'day', type: 'S' } }, projection: 'ALL' };
    const bySize = { keys: { hash: { name: 'size', type: 'N' } }, projection: 'ALL' };
    const sent = await bring({ globalIndexes: { byDay, bySize } }, {});
    const changes = sent.map(([, input]) => JSON.parse(JSON.stringify(input)));
    expect(changes.map((input) => Object.keys(input.GlobalSecondaryIndexUpdates[0])[0])).toEqual([
      'Delete',
      'Delete',
      'Create',
      'Create',
    ]);
    const names = (input: { AttributeDefinitions: { AttributeName: string }[] }): readonly string[] =>
      input.AttributeDefinitions.map((item) => item.AttributeName);
    expect([names(changes[2]), names(changes[3])]).toEqual([
      ['customerId', 'day', 'placedAt', 'total'],
      ['customerId', 'day', 'placedAt', 'size', 'total'],
    ]);
  });

  it('an update of a function names the revision it read, and a version is published of that code alone', async () => {
    const { bring } = recorded('lambda-function', [
      { operation: 'UpdateFunctionConfiguration' },
      { operation: 'PublishVersion', answer: { Version: '11', Description: 'apigen:cccc' } },
    ]);
    const sent = await bring({ memory: 512, publication: 'apigen:cccc' }, {});
    const RevisionId = '2f1c7d0e-0a58-4bb0-8b0a-8a5b2f6a3b11';
    expect(sent).toMatchObject([
      ['UpdateFunctionConfiguration', { MemorySize: 512, RevisionId }],
      ['PublishVersion', { RevisionId, CodeSha256: 'Ee2BRgKVLd7GB9jc0RGVc4dSN4N8HelJFH0DnhQxxCw=' }],
    ]);
  });

  it('a function that Lambda could not set up is not published', async () => {
    const broken = { FunctionName: 'x', State: 'Failed', StateReason: 'The image is gone.', RevisionId: 'r' };
    const { bring } = recorded('lambda-function', [
      { operation: 'GetFunction', answer: { Configuration: broken, Tags: {} } },
      { operation: 'UpdateFunctionConfiguration' },
      { operation: 'UpdateFunctionCode' },
      { operation: 'TagResource' },
    ]);
    await expect(bring({ publication: 'apigen:cccc' }, {})).rejects.toMatchObject({
      code: 'FUNCTION_FAILED',
      detail: 'The image is gone.',
    });
  });
});
