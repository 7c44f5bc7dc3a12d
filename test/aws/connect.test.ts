import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WaitEvent } from '../../src/aws/call-events.ts';
import { type ConnectOptions, connect } from '../../src/aws/connect.ts';
import { ApigenError } from '../../src/errors.ts';
import { type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

let aws: ScriptedAws;
let profileAws: ScriptedAws;
const outside = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'apigen-connect-'));

/** The SDK reads the process's own environment: a clean one, so that the machine's credentials stay out of it. */
beforeAll(async () => {
  profileAws = await startScriptedAws();
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
  writeFileSync(join(folder, 'config'), configFile(profileAws.endpoint));
});

afterAll(async () => {
  await profileAws.close();
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, outside);
});

beforeEach(async () => {
  aws = await startScriptedAws();
});

afterEach(async () => {
  delete process.env['AWS_PROFILE'];
  await aws.close();
});

/** Read once by the SDK, before the first test. */
const configFile = (endpoint: string): string => `
[profile emulator]
aws_access_key_id = a
aws_secret_access_key = b
endpoint_url = ${endpoint}

[profile over]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = dev
`;

const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret-of-the-key' };
const options = (more: Partial<ConnectOptions> = {}): ConnectOptions => ({
  region: 'eu-west-1',
  env: { ...keys, AWS_ENDPOINT_URL: aws.endpoint },
  ...more,
});

async function refusal(promise: Promise<unknown>): Promise<ApigenError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApigenError)) throw new Error(`no ApigenError: ${String(error)}`);
  return error;
}

describe('connecting', () => {
  it('asks once who we are, and knows account and partition from it', async () => {
    const connection = await connect(options());
    expect(connection).toMatchObject({
      account: '123456789012',
      partition: 'aws-us-gov',
      region: 'eu-west-1',
      endpoint: aws.endpoint,
    });
    await connection.lambda.send(new GetFunctionCommand({ FunctionName: 'list' }));
    expect(aws.seen).toEqual(['sts GetCallerIdentity', 'lambda GetFunction']);
  });

  it('refuses another account than the expected one before anything else is called', async () => {
    const error = await refusal(connect(options({ expectedAccount: '999999999999' })));
    expect(error.code).toBe('ACCOUNT_MISMATCH');
    expect(error.summary).toContain('999999999999');
    expect(error.summary).toContain('123456789012');
    expect(aws.seen).toEqual(['sts GetCallerIdentity']);
  });

  it('accepts the expected account', async () => {
    expect((await connect(options({ expectedAccount: '123456789012' }))).account).toBe('123456789012');
  });

  it.each(['', 'eu_west_1', 'europe', 'eu-west', 'EU-WEST-1'])(
    'refuses %j as a region without calling anything',
    async (region) => {
      expect((await refusal(connect(options({ region })))).code).toBe('REGION_INVALID');
      expect(aws.seen).toEqual([]);
    },
  );

  it('names the region a mistyped one most likely means', async () => {
    expect((await refusal(connect(options({ region: 'eu-wst1' })))).hint).toContain('eu-west-1');
  });

  it('refuses an endpoint that is no URL', async () => {
    const error = await refusal(connect(options({ env: { ...keys, AWS_ENDPOINT_URL: 'localhost:4566' } })));
    expect(error.code).toBe('ENDPOINT_INVALID');
    expect(error.summary).toContain('localhost:4566');
  });

  it('names an endpoint at which nothing answers', async () => {
    const error = await refusal(connect(options({ env: { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } })));
    expect(error.code).toBe('ENDPOINT_UNREACHABLE');
    expect(error.summary).toContain('127.0.0.1:9');
    expect(error.hint).toContain('apigen local start');
  });

  it('says so when what answers there is not AWS', async () => {
    const page = createServer((_incoming, outgoing) => outgoing.writeHead(404).end('<html>Not here</html>'));
    await new Promise<void>((resolve) => {
      page.listen(0, '127.0.0.1', resolve);
    });
    const endpoint = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    const connection = await connect(
      options({ env: { ...keys, AWS_ENDPOINT_URL: aws.endpoint, AWS_ENDPOINT_URL_LAMBDA: endpoint } }),
    );
    const error = await refusal(connection.lambda.send(new GetFunctionCommand({ FunctionName: 'list' })));
    page.close();
    expect(error.code).toBe('ENDPOINT_INVALID');
    expect(error.summary).toBe(`What answers at ${new URL(endpoint).host} is not AWS`);
  });

  it('uses the endpoint of one service for that service alone', async () => {
    const other = await startScriptedAws();
    const env = { ...keys, AWS_ENDPOINT_URL: aws.endpoint, AWS_ENDPOINT_URL_LAMBDA: other.endpoint };
    const connection = await connect(options({ env }));
    await connection.lambda.send(new GetFunctionCommand({ FunctionName: 'list' }));
    await other.close();
    expect([aws.seen, other.seen]).toEqual([['sts GetCallerIdentity'], ['lambda GetFunction']]);
  });

  it('needs no credentials for an endpoint given by --target local', async () => {
    expect((await connect({ region: 'eu-west-1', env: {}, endpoint: aws.endpoint })).endpoint).toBe(aws.endpoint);
  });

  it('takes the endpoint of a profile from the config file', async () => {
    const connection = await connect({ region: 'eu-west-1', env: {}, profile: 'emulator' });
    expect(connection.endpoint).toBe(profileAws.endpoint);
    await connection.lambda.send(new GetFunctionCommand({ FunctionName: 'list' }));
    expect(profileAws.seen).toEqual(['sts GetCallerIdentity', 'lambda GetFunction']);
  });
});

describe('credentials', () => {
  it('that are nowhere: says where they were looked for and how to give them', async () => {
    const error = await refusal(connect(options({ env: { AWS_ENDPOINT_URL: aws.endpoint } })));
    expect(error.code).toBe('CREDENTIALS_MISSING');
    expect(error.hint).toContain('--profile');
    expect(aws.seen).toEqual([]);
  });

  it('of a profile that does not exist: names it', async () => {
    const error = await refusal(connect(options({ profile: 'nowhere' })));
    expect(error.code).toBe('PROFILE_NOT_FOUND');
    expect(error.summary).toContain('nowhere');
  });

  it('of an SSO session that is over: says how to sign in', async () => {
    const error = await refusal(connect(options({ profile: 'over' })));
    expect(error.code).toBe('SSO_SESSION_EXPIRED');
    expect(error.hint).toBe('aws sso login --profile over');
  });

  it.each([
    ['ExpiredTokenException', 403, 'CREDENTIALS_EXPIRED'],
    ['ExpiredToken', 403, 'CREDENTIALS_EXPIRED'],
    ['InvalidClientTokenId', 403, 'CREDENTIALS_INVALID'],
    ['SignatureDoesNotMatch', 403, 'CREDENTIALS_INVALID'],
    ['RequestTimeTooSkewed', 403, 'CLOCK_SKEW'],
  ])('refused with %s', async (name, status, code) => {
    const refused = { status, error: name, message: 'The security token included in the request is no good' };
    aws.script('GetCallerIdentity', refused, refused);
    const error = await refusal(connect(options()));
    expect(error.code).toBe(code);
    expect(error.hint).toBeTruthy();
    expect(error.aws).toMatchObject({ service: 'sts', operation: 'GetCallerIdentity', requestId: 'request-1', name });
  });

  it('that expire mid-way end the run clearly', async () => {
    const connection = await connect(options());
    aws.script('GetFunction', {
      status: 403,
      error: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    const error = await refusal(connection.lambda.send(new GetFunctionCommand({ FunctionName: 'list' })));
    expect(error.code).toBe('CREDENTIALS_EXPIRED');
    expect(error.detail).toContain('the next run goes on');
    expect(aws.seen).toHaveLength(2);
  });
});

describe('pacing', () => {
  const list = new GetRestApisCommand({});

  it('does not slow calls to an emulator down', async () => {
    const waits: WaitEvent[] = [];
    const connection = await connect(options({ onWait: (event) => waits.push(event) }));
    await Promise.all(Array.from({ length: 60 }, () => connection.apiGateway.send(list)));
    expect(waits).toEqual([]);
  });

  it('does with APIGEN_PACE=aws, and says what it waits for', async () => {
    const waits: WaitEvent[] = [];
    const env = { ...keys, AWS_ENDPOINT_URL: aws.endpoint, APIGEN_PACE: 'aws' };
    const connection = await connect(options({ env, onWait: (event) => waits.push(event) }));
    const before = performance.now();
    await Promise.all(Array.from({ length: 45 }, () => connection.apiGateway.send(list)));
    expect(performance.now() - before).toBeGreaterThan(300);
    expect(waits.length).toBeGreaterThan(0);
    expect(waits.length).toBeLessThanOrEqual(45 - 38);
    expect(waits[0]).toMatchObject({ service: 'api-gateway', operation: 'GetRestApis', reason: 'quota' });
  });
});
