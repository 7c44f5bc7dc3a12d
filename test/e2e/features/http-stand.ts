// What the tests of the features of HTTP and WebSocket APIs share: the project on one emulator, and what the SDK reads of
// it there.

import * as gateway from '@aws-sdk/client-apigatewayv2';
import type { Aws } from '../../../src/aws/aws.ts';
import { connect } from '../../../src/aws/connect.ts';
import { type WholeMoto, wholeMoto } from '../../harness/whole-moto.ts';
import type { Emulator } from '../../kinds/conformance/emulator.ts';
import { type UserPool, userPool } from './account.ts';
import { type Deployed, endpointOf, projectOn } from './deployed.ts';
import { httpFeatures, MADE_LINKS } from './http-project.ts';

export class HttpStand {
  readonly name: string;
  readonly account: string;
  /** Whether the emulator has a data plane; the other one has VPC links instead. */
  readonly called: boolean;
  readonly #emulator: Emulator;
  #parts:
    | { readonly aws: Aws; readonly project: Deployed; readonly pool: UserPool; readonly endpoint: string }
    | undefined;
  #moto: WholeMoto | undefined;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
    this.name = `shapes-of-http-${emulator}`;
    this.account = emulator === 'moto' ? '123456789012' : '000000000000';
    this.called = emulator === 'ministack';
  }

  async set(backend: string): Promise<void> {
    const upstream = endpointOf(this.#emulator);
    if (!this.called) this.#moto = await wholeMoto(upstream);
    const endpoint = this.#moto?.url ?? upstream;
    const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    const aws = await connect({ region: 'eu-west-1', endpoint, env: { PATH: process.env['PATH'], ...credentials } });
    const pool = await userPool(endpoint, this.name);
    const links = this.called ? {} : { links: MADE_LINKS };
    const files = httpFeatures(this.name, { userPool: pool.id, client: pool.client, backend, ...links });
    this.#parts = { aws, pool, endpoint, project: await projectOn(endpoint, files) };
  }

  async clear(): Promise<void> {
    await this.#parts?.project.remove();
    await this.#moto?.close();
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
  get endpoint(): string {
    return this.#set().endpoint;
  }

  async api(name: string): Promise<gateway.Api> {
    const { Items = [] } = await this.aws.apiGatewayV2.send(new gateway.GetApisCommand({ MaxResults: '500' }));
    const found = Items.find((one) => one.Name === `${this.name}-dev-${name}`);
    if (found === undefined) throw new Error(`no API ${name}`);
    return found;
  }

  /** The routes of an API with their integrations, by route key. */
  async routes(api: string): Promise<Readonly<Record<string, gateway.Route & { readonly to: gateway.Integration }>>> {
    const { ApiId } = await this.api(api);
    const [{ Items: routes = [] }, { Items: integrations = [] }] = await Promise.all([
      this.aws.apiGatewayV2.send(new gateway.GetRoutesCommand({ ApiId })),
      this.aws.apiGatewayV2.send(new gateway.GetIntegrationsCommand({ ApiId })),
    ]);
    return Object.fromEntries(
      routes.map((route) => {
        const to = integrations.find((one) => route.Target === `integrations/${one.IntegrationId}`) ?? {};
        return [route.RouteKey ?? '', { ...route, to }];
      }),
    );
  }

  async authorizer(api: string, name: string): Promise<gateway.Authorizer | undefined> {
    const { ApiId } = await this.api(api);
    const { Items = [] } = await this.aws.apiGatewayV2.send(new gateway.GetAuthorizersCommand({ ApiId }));
    return Items.find((one) => one.Name?.includes(name));
  }

  #set() {
    if (this.#parts === undefined) throw new Error('set() comes first');
    return this.#parts;
  }
}
