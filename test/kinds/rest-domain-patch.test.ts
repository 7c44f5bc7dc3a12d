import { describe, expect, it } from '@jest/globals';
import { type RestDomainProps, restDomainPatch } from '../../src/kinds/rest-domain-props.ts';

const domain: RestDomainProps = {
  domainName: 'api.example.com',
  endpointType: 'REGIONAL',
  certificateArn: 'arn:regional',
  securityPolicy: 'TLS_1_0',
  mutualTls: null,
  ownershipCertificateArn: '',
  tags: {},
};

describe('what UpdateDomainName is told', () => {
  it('is nothing when nothing changed', () => {
    expect(restDomainPatch(domain, domain)).toEqual([]);
  });

  it('has the certificate of the other type before the type', () => {
    expect(restDomainPatch(domain, { ...domain, endpointType: 'EDGE', certificateArn: 'arn:edge' })).toEqual([
      { op: 'replace', path: '/certificateArn', value: 'arn:edge' },
      { op: 'replace', path: '/endpointConfiguration/types/REGIONAL', value: 'EDGE' },
    ]);
  });

  it('switches certificates of clients on with a truststore and off without one', () => {
    const mutualTls = { truststoreUri: 's3://trust/store.pem', truststoreVersion: 'abc' };
    const trusting = { ...domain, securityPolicy: 'TLS_1_2' as const, mutualTls };
    expect(restDomainPatch(domain, trusting)).toEqual([
      { op: 'replace', path: '/securityPolicy', value: 'TLS_1_2' },
      { op: 'replace', path: '/mutualTlsAuthentication/truststoreUri', value: 's3://trust/store.pem' },
      { op: 'replace', path: '/mutualTlsAuthentication/truststoreVersion', value: 'abc' },
    ]);
    expect(restDomainPatch(trusting, { ...trusting, mutualTls: null })).toEqual([
      { op: 'replace', path: '/mutualTlsAuthentication/truststoreUri', value: '' },
    ]);
  });
});
