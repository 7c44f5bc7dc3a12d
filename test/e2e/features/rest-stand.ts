// What the tests of a REST project's features share: the project on one emulator, and what the SDK reads of it there.

import * as gateway from '@aws-sdk/client-api-gateway';
import type { Aws } from '../../../src/aws/aws.ts';
import { connectTo, type Emulator } from '../../kinds/conformance/emulator.ts';
import { defaultNetwork, lambdaRole, secretsFor, type UserPool, userPool } from './account.ts';
import { type Deployed, endpointOf, projectOn } from './deployed.ts';
import { restFeatures } from './rest-project.ts';

export class RestStand {
  readonly emulator: Emulator;
  readonly name: string;
  readonly endpoint: string;
  readonly account: string;
  /** Whether the emulator has a data plane. */
  readonly called: boolean;
  network = { subnet: '', securityGroup: '' };
  role = '';
  #parts: { readonly aws: Aws; readonly project: Deployed; readonly pool: UserPool } | undefined;

  constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.name = `feature-${emulator}`;
    this.endpoint = endpointOf(emulator);
    this.account = emulator === 'moto' ? '123456789012' : '000000000000';
    this.called = emulator === 'ministack';
  }

  async set(): Promise<void> {
    const { name, endpoint } = this;
    const aws = await connectTo(this.emulator);
    this.network = await defaultNetwork(endpoint);
    this.role = await lambdaRole(endpoint, `${name}-guest-of-the-account`);
    const pool = await userPool(endpoint, name);
    if (this.called) await secretsFor(endpoint, name);
    const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
    const files = restFeatures(name, {
      ...this.network,
      role: this.role,
      boundary,
      userPool: pool.id,
      account: this.account,
    });
    this.#parts = { aws, pool, project: await projectOn(endpoint, this.called ? files : withoutGaps(files)) };
  }

  get aws(): Aws {
    return this.#set().aws;
  }
  get project(): Deployed {
    return this.#set().project;
  }
  get pool(): UserPool {
    return this.#set().pool;
  }

  async apiId(api: string): Promise<string> {
    const { items = [] } = await this.aws.apiGateway.send(new gateway.GetRestApisCommand({ limit: 500 }));
    return items.find((one) => one.name === `${this.name}-dev-${api}`)?.id ?? '';
  }

  /** A method of the API `partner` with its integration. */
  async method(path: string, httpMethod: string): Promise<gateway.Method> {
    const restApiId = await this.apiId('partner');
    const { items = [] } = await this.aws.apiGateway.send(new gateway.GetResourcesCommand({ restApiId, limit: 500 }));
    const resourceId = items.find((one) => one.path === path)?.id;
    return this.aws.apiGateway.send(new gateway.GetMethodCommand({ restApiId, resourceId, httpMethod }));
  }

  async authorizer(name: string): Promise<gateway.Authorizer | undefined> {
    const restApiId = await this.apiId('partner');
    const { items = [] } = await this.aws.apiGateway.send(new gateway.GetAuthorizersCommand({ restApiId }));
    return items.find((one) => one.name === `apigen-${name}`);
  }

  #set() {
    if (this.#parts === undefined) throw new Error('set() comes first');
    return this.#parts;
  }
}

/** moto puts no mock (preflights are some) by PutRestApi, and cannot take a plan away that limits a single route. */
const withoutGaps = (files: Record<string, string>): Record<string, string> => ({
  ...files,
  'apigen.yml': (files['apigen.yml'] ?? '')
    .replace(/ {4}cors: .*\n/, '')
    .replace(/ {6}GET \/fixed: .*\n/, '')
    .replace(', routes: { GET /limited: { rate: 0.1, burst: 1 } }', ''),
});
