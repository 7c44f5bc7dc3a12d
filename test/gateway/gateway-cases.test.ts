// The recorded conformance cases and the project's own ones beside them (each names where its expectation comes from),
// each a test of its own against a gateway on a real port.

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GatewayCase } from '../harness/gateway-cases/case-format.ts';
import { failureLines } from '../harness/gateway-cases/report.ts';
import { runCase } from '../harness/gateway-cases/run-case.ts';
import { startTokenIssuer, type TokenIssuer } from '../harness/gateway-cases/token-issuer.ts';

const OWN = 'test/fixtures/more-gateway-cases';
const files = ['test/fixtures/gateway-cases.json', ...readdirSync(OWN).map((file) => `${OWN}/${file}`)];
const cases = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as GatewayCase[]);

let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());

describe.each(['rest', 'http', 'websocket'] as const)('a %s API answers as AWS does', (gateway) => {
  it.each(cases.filter((each) => each.gateway === gateway).map((each) => [each.id, each] as const))(
    '%s',
    async (_id, given) => {
      const mismatches = await runCase(given, issuer);
      expect(mismatches.length === 0 ? '' : failureLines({ given, mismatches }).join('\n')).toBe('');
    },
  );
});
