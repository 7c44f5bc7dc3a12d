// A regional custom domain of HTTP and WebSocket APIs, made by API Gateway's second API, whose mappings take paths of
// several levels.

import {
  CreateDomainNameCommand,
  type CreateDomainNameCommandInput,
  DeleteDomainNameCommand,
  type DomainName,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  TagResourceCommand,
  UpdateDomainNameCommand,
  type UpdateDomainNameCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { until } from '../aws/until.ts';
import { equal } from '../engine/compare.ts';
import type { Json, Kind, Outputs, Props } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { type Coverage, fixed } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';
import { everyPage } from './v2-pages.ts';

export interface DomainNameProps {
  readonly domainName: string;
  readonly certificateArn: string;
  readonly securityPolicy: 'TLS_1_0' | 'TLS_1_2';
  readonly mutualTls: { readonly truststoreUri: string; readonly truststoreVersion: string } | null;
  /** Proves ownership where mutual TLS is used with an imported or private certificate; empty: none. */
  readonly ownershipCertificateArn: string;
  readonly tags: Tags;
}

export const domainNameInputs = {
  DomainName: 'domainName',
  DomainNameConfigurations: ['certificateArn', 'securityPolicy', 'ownershipCertificateArn'],
  MutualTlsAuthentication: 'mutualTls',
  Tags: 'tags',
  RoutingMode: fixed("AWS's default: API mappings"),
} satisfies Coverage<CreateDomainNameCommandInput & UpdateDomainNameCommandInput>;

const settleMs = 5 * 60_000;

export function domainName({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGatewayV2;
  const get = (DomainName: string): Promise<DomainName | undefined> =>
    orAbsent(gateway.send(new GetDomainNameCommand({ DomainName })) as Promise<DomainName>);

  /** A change takes a minute or two; until then the next one would be refused. */
  const settled = (name: string): Promise<DomainName> =>
    until(
      async () => {
        const found = await get(name);
        const { DomainNameStatus: status, DomainNameStatusMessage } = found?.DomainNameConfigurations?.[0] ?? {};
        if (status?.startsWith('PENDING')) throw pending(name, DomainNameStatusMessage);
        return found && (status === 'AVAILABLE' || status === undefined) ? found : undefined;
      },
      { timeoutMs: settleMs, describe: `domain ${name} to become available` },
    );

  const settingsInput = (props: DomainNameProps) => ({
    DomainNameConfigurations: [
      {
        CertificateArn: props.certificateArn,
        EndpointType: 'REGIONAL' as const,
        SecurityPolicy: props.securityPolicy,
        ...(props.ownershipCertificateArn && { OwnershipVerificationCertificateArn: props.ownershipCertificateArn }),
      },
    ],
  });

  return {
    name: 'domain-name',
    title: 'custom domain',
    fields: {
      domainName: 'immutable',
      certificateArn: 'mutable',
      securityPolicy: 'mutable',
      mutualTls: 'mutable',
      ownershipCertificateArn: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'delete-first',

    async read(target, desired) {
      const found = await get(target.name);
      if (!found) return undefined;
      const tags = found.Tags ?? {};
      const props = { ...propsFrom(found), tags: managedTags(tags, desired?.['tags']) };
      return {
        physicalId: target.name,
        props: props as unknown as Props,
        outputs: outputsOf(found),
        ...ownership(tags, owner),
      };
    },

    async reconcile(target, props, live) {
      const desired = props as unknown as DomainNameProps;
      const { domainName: DomainName, mutualTls, tags } = desired;
      const truststore = mutualTls && tlsInput(mutualTls);
      if (!live) {
        const input = { DomainName, ...settingsInput(desired), Tags: { ...tags } };
        await gateway.send(
          new CreateDomainNameCommand({ ...input, ...(truststore && { MutualTlsAuthentication: truststore }) }),
        );
      } else {
        const { tags: _, ...now } = live.props;
        const { tags: __, ...next } = props;
        if (!equal(now as Json, next as Json)) {
          // An empty address turns mutual TLS off.
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html
          const changed = !equal(now['mutualTls'], next['mutualTls']);
          await gateway.send(
            new UpdateDomainNameCommand({
              DomainName,
              ...settingsInput(desired),
              ...(changed && { MutualTlsAuthentication: truststore ?? { TruststoreUri: '' } }),
            }),
          );
        }
        const missing = missingTags(live.props['tags'] as Tags, tags);
        if (Object.keys(missing).length > 0) {
          const ResourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/domainnames/${DomainName}`;
          await gateway.send(new TagResourceCommand({ ResourceArn, Tags: missing }));
        }
      }
      return { physicalId: target.name, props, outputs: outputsOf(await settled(DomainName)), owned: true };
    },

    async remove(target) {
      await orAbsent(gateway.send(new DeleteDomainNameCommand({ DomainName: target.name })));
    },

    async discover() {
      const all = await everyPage<DomainName>((more) => gateway.send(new GetDomainNamesCommand(more)));
      return all.flatMap(({ DomainName: name = '', Tags = {}, DomainNameConfigurations = [] }) => {
        const id = DomainNameConfigurations[0]?.EndpointType === 'EDGE' ? undefined : nodeOf(Tags, owner);
        return id === undefined ? [] : [{ id, name, physicalId: name }];
      });
    },
  };
}

function propsFrom({ DomainName = '', DomainNameConfigurations = [], MutualTlsAuthentication }: DomainName) {
  const [configuration = {}] = DomainNameConfigurations;
  const { TruststoreUri: truststoreUri = '', TruststoreVersion: truststoreVersion = '' } =
    MutualTlsAuthentication ?? {};
  return {
    domainName: DomainName,
    certificateArn: configuration.CertificateArn ?? '',
    securityPolicy: configuration.SecurityPolicy ?? 'TLS_1_2',
    mutualTls: truststoreUri === '' ? null : { truststoreUri, truststoreVersion },
    ownershipCertificateArn: configuration.OwnershipVerificationCertificateArn ?? '',
  };
}

/** Where DNS must point: a CNAME, or an alias in Route 53. */
const outputsOf = ({ DomainNameConfigurations = [] }: DomainName): Outputs => ({
  target: DomainNameConfigurations[0]?.ApiGatewayDomainName ?? '',
  hostedZoneId: DomainNameConfigurations[0]?.HostedZoneId ?? '',
});

const tlsInput = ({ truststoreUri, truststoreVersion }: NonNullable<DomainNameProps['mutualTls']>) => ({
  TruststoreUri: truststoreUri,
  ...(truststoreVersion && { TruststoreVersion: truststoreVersion }),
});

const pending = (name: string, reason: string | undefined): ApigenError =>
  new ApigenError({
    code: 'DOMAIN_PENDING',
    summary: `API Gateway waits for a proof that domain ${name} is yours`,
    detail: reason ?? 'The certificate is imported or private.',
    hint: 'import the certificate again, or name an ACM public certificate of the domain, then apigen deploy',
  });
