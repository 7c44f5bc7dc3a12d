// What the shells of HTTP and WebSocket APIs share: finding one by its node tag, since AWS mints the id and holds names
// not unique, and removing one with all that is in it.

import {
  type Api,
  DeleteApiCommand,
  GetApiCommand,
  GetApisCommand,
  TagResourceCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { Aws } from '../aws/aws.ts';
import type { Found, Target } from '../engine/kind.ts';
import { foundByTag } from './api-lookup.ts';
import { orAbsent } from './or-absent.ts';
import { missingTags, nodeOf, type Owner, type Tags } from './ownership.ts';
import { everyPage } from './v2-pages.ts';
import type { V2Protocol } from './v2-protocol.ts';

interface FoundApi {
  readonly api: Api;
  readonly duplicates: readonly string[];
}

export class V2Apis {
  readonly #aws: Aws;
  readonly #owner: Owner;
  readonly #protocol: V2Protocol;

  constructor(aws: Aws, owner: Owner, protocol: V2Protocol) {
    this.#aws = aws;
    this.#owner = owner;
    this.#protocol = protocol;
  }

  async find(target: Target): Promise<FoundApi | undefined> {
    const recorded = target.physicalId ? await this.#get(target.physicalId) : undefined;
    if (recorded) return { api: recorded, duplicates: [] };
    const traits = (api: Api) => ({ tags: api.Tags ?? {}, created: api.CreatedDate });
    return foundByTag(await this.#list(), target.id, this.#owner, traits);
  }

  async remove(target: Target): Promise<void> {
    const ApiId = target.physicalId ?? (await this.find(target))?.api.ApiId;
    if (ApiId !== undefined) await orAbsent(this.#aws.apiGatewayV2.send(new DeleteApiCommand({ ApiId })));
  }

  async discover(): Promise<readonly Found[]> {
    return (await this.#list()).flatMap((api) => {
      const id = nodeOf(api.Tags ?? {}, this.#owner);
      const ours = id !== undefined && (api.ProtocolType ?? 'HTTP') === this.#protocol;
      return ours ? [{ id, name: api.Name ?? '', physicalId: api.ApiId ?? '' }] : [];
    });
  }

  async tag(ApiId: string, live: Tags, desired: Tags): Promise<void> {
    const tags = missingTags(live, desired);
    if (Object.keys(tags).length === 0) return;
    const { partition, region } = this.#aws;
    const ResourceArn = `arn:${partition}:apigateway:${region}::/apis/${ApiId}`;
    await this.#aws.apiGatewayV2.send(new TagResourceCommand({ ResourceArn, Tags: tags }));
  }

  async #get(ApiId: string): Promise<Api | undefined> {
    return orAbsent(this.#aws.apiGatewayV2.send(new GetApiCommand({ ApiId })) as Promise<Api>);
  }

  #list(): Promise<readonly Api[]> {
    return everyPage<Api>((more) => this.#aws.apiGatewayV2.send(new GetApisCommand(more)));
  }
}
