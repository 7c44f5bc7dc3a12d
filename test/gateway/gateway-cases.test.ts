// The project's copy of the conformance cases, each a test of its own against a gateway on a real port.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GatewayCase } from '../harness/gateway-cases/case-format.ts';
import { failureLines } from '../harness/gateway-cases/report.ts';
import { runCase } from '../harness/gateway-cases/run-case.ts';
import { startTokenIssuer, type TokenIssuer } from '../harness/gateway-cases/token-issuer.ts';

const cases = JSON.parse(readFileSync('test/fixtures/gateway-cases.json', 'utf8')) as GatewayCase[];

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
