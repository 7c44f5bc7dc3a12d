// Runs one case: starts its backends and its API on a real port, drives its steps, and collects every mismatch.

import { createApi } from '../../../src/gateway/create-api.ts';
import { serve } from '../../../src/gateway/server.ts';
import { startBackends } from './backends.ts';
import type { GatewayCase, JsonObject, Mismatch } from './case-format.ts';
import { definitionOf } from './definition.ts';
import { check, type Observed } from './expectations.ts';
import type { WireResponse } from './http-client.ts';
import { isRecord } from './matchers.ts';
import { type CodeFunction, moduleFunctions } from './module-functions.ts';
import { fill } from './placeholders.ts';
import { Stepper } from './stepper.ts';
import type { TokenIssuer } from './token-issuer.ts';

const API_ID = 'a1b2c3d4e5';
/** What a case may take in all. */
const CASE_LIMIT_MS = 60_000;
/** How long what happens after the last answer (an asynchronous call, a message's function) may take to show. */
const LATER_MS = 3_000;
/** How long nothing more may happen before a count of calls is believed. */
const SETTLE_MS = 60;

/** All mismatches; none means the case passed. Never rejects: what breaks is a mismatch too. */
export async function runCase(given: GatewayCase, issuer: TokenIssuer): Promise<Mismatch[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Mismatch[]>((resolve) => {
    timer = setTimeout(
      () => resolve([{ at: 'case', expected: 'an end', actual: `none within ${CASE_LIMIT_MS} ms` }]),
      CASE_LIMIT_MS,
    );
  });
  try {
    return await Promise.race([run(given, issuer), late]);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ at: 'case', expected: 'to run', actual: text }];
  } finally {
    clearTimeout(timer);
  }
}

async function run(given: GatewayCase, issuer: TokenIssuer): Promise<Mismatch[]> {
  const tokens = new Map<string, string>();
  for (const [name, token] of Object.entries(given.tokens ?? {})) {
    const claims = fill(token.claims, (word) => (word === 'issuer' ? issuer.issuer : undefined));
    tokens.set(name, await issuer.sign({ ...token, claims }));
  }
  const backends = await startBackends(codes(given.api['backends']));
  try {
    const resolve = (name: string, argument: string | undefined): string | undefined => {
      if (name === 'apiId') return API_ID;
      if (name === 'issuer') return issuer.issuer;
      if (name === 'jwt') return tokens.get(argument ?? '');
      const host = backends.hosts.get(argument ?? '');
      if (host === undefined) return undefined;
      return name === 'backend' ? `http://${host}` : name === 'backendHost' ? host : undefined;
    };
    const api = fill(given.api, resolve);
    const { definition, apiKeys, usagePlans } = definitionOf({ ...given, api });
    const functions = moduleFunctions(codes(api['functions']) as Record<string, CodeFunction>);
    const handler = await createApi({
      definition,
      apiId: API_ID,
      apiKeys,
      usagePlans,
      environment: {
        accountId: '123456789012',
        region: 'eu-west-1',
        functions,
        credentials: [],
        unsignedConnections: true,
        note: () => {},
      },
    });
    const faults: Mismatch[] = [];
    const server = await serve(handler, {
      failed: (_request, cause) => {
        faults.push({
          at: 'gateway',
          expected: 'no fault of its own',
          actual: cause instanceof Error ? cause.stack : cause,
        });
      },
    });
    try {
      const expected = given.expect === undefined ? {} : { expect: fill(given.expect, resolve) };
      const observed: Observed = {
        events: functions.events,
        backendRequests: backends.requests,
        authorizerFunctions: authorizerFunctions(api),
      };
      const stepper = new Stepper(given.gateway, definition.stage.name, server, observed, resolve);
      return [...(await drive({ ...given, ...expected }, stepper, observed)), ...faults];
    } finally {
      await server.close();
    }
  } finally {
    await backends.close();
  }
}

async function drive(given: GatewayCase, stepper: Stepper, observed: Observed): Promise<Mismatch[]> {
  const found: Mismatch[] = [];
  let answer: WireResponse | undefined;
  try {
    if (given.request !== undefined) answer = await stepper.request(given.request);
    for (const [index, step] of (given.steps ?? []).entries()) {
      const mismatches = await stepper.step(step);
      found.push(...mismatches.map((mismatch) => ({ ...mismatch, at: `steps[${index}].${mismatch.at}` })));
    }
    if (given.expect !== undefined) found.push(...(await checkLater(given.expect, answer, observed)));
  } finally {
    stepper.drop();
  }
  return found;
}

/** Checks until it passes or time is up; then waits a moment and looks again, in case a call too many came. */
async function checkLater(
  expected: JsonObject,
  answer: WireResponse | undefined,
  observed: Observed,
): Promise<Mismatch[]> {
  const deadline = Date.now() + LATER_MS;
  let found = check(expected, answer, observed);
  const onlyLater = (mismatch: Mismatch): boolean => /^(lambda|invocations|backend|authorizer|same)/.test(mismatch.at);
  while (found.length > 0 && found.every(onlyLater) && Date.now() < deadline) {
    await pause(10);
    found = check(expected, answer, observed);
  }
  if (found.length > 0 || expected['invocations'] === undefined) return found;
  await pause(SETTLE_MS);
  return check(expected, answer, observed);
}

function authorizerFunctions(api: JsonObject): Set<string> {
  const authorizers = isRecord(api['authorizers']) ? Object.values(api['authorizers']) : [];
  return new Set(
    authorizers.flatMap((each) => (isRecord(each) && typeof each['function'] === 'string' ? [each['function']] : [])),
  );
}

function codes(value: unknown): Record<string, { code: string }> {
  return (isRecord(value) ? value : {}) as Record<string, { code: string }>;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
