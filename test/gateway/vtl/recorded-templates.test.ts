// The conformance cases that mapping templates alone decide, run without a gateway: request template, mock or echo
// backend, response template.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { JavaInteger } from '../../../src/gateway/vtl/java-number.ts';
import { JavaMap } from '../../../src/gateway/vtl/java-value.ts';
import { parseLenientJson } from '../../../src/gateway/vtl/lenient-json.ts';
import { compileTemplate, renderTemplate } from '../../../src/gateway/vtl/render-template.ts';
import type { RenderedTemplate, TemplateScope } from '../../../src/gateway/vtl/template-scope.ts';

interface Response {
  statusCode: string;
  selectionPattern: string | null;
  responseTemplates?: Record<string, string>;
}

interface Route {
  method: string;
  path: string;
  integration: {
    type: string;
    uri?: string;
    requestTemplates?: Record<string, string>;
    requestParameters?: Record<string, string>;
    responses?: Response[];
  };
}

interface Case {
  id: string;
  area: string;
  gateway: string;
  api: {
    stage: string;
    stageVariables?: Record<string, string>;
    backends?: Record<string, { code: string }>;
    routes: Route[];
  };
  request?: { method: string; path: string; query?: string; headers?: Record<string, string>; body?: string };
  expect: Record<string, unknown> & { status: number; backendRequest?: { bodyText?: string; bodyJson?: unknown } };
}

const cases = JSON.parse(readFileSync('test/fixtures/gateway-cases.json', 'utf8')) as Case[];
const AREAS = ['vtl', 'mock', 'response-templates'];
const templated = cases.filter(({ gateway, area, request }) => gateway === 'rest' && AREAS.includes(area) && request);

const pathParameters = (route: Route, path: string): Record<string, string> | undefined => {
  const names = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
  const match = new RegExp(`^${route.path.replace(/\{\w+\+\}/g, '(.+)').replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
  return match === null ? undefined : Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']));
};

interface Outcome {
  status: number;
  headers: Readonly<Record<string, readonly string[]>>;
  bodyText: string;
  /** What the backend got; absent for a mock. */
  sent: string | undefined;
}

const statusOf = (document: string): number | undefined => {
  const value = parseLenientJson(document);
  const status = value instanceof JavaMap ? value.get('statusCode') : undefined;
  return status instanceof JavaInteger ? Number(status.value) : undefined;
};

const backendAnswer = async (given: Case, body: string): Promise<{ status: number; body: string }> => {
  const [code = ''] = Object.values(given.api.backends ?? {}).map((backend) => backend.code);
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    default: (request: { body: string }) => { status: number; body: string };
  };
  return module.default({ body });
};

const play = async (given: Case): Promise<Outcome> => {
  const request = given.request ?? { method: 'GET', path: '/' };
  const [route, path] = given.api.routes
    .filter(({ method }) => method === request.method || method === 'ANY')
    .map((candidate) => [candidate, pathParameters(candidate, request.path)] as const)
    .find(([, parameters]) => parameters !== undefined) ?? [undefined, undefined];
  if (route === undefined) throw new Error(`${given.id} has no route`);
  const scope = (bodyText: string): TemplateScope => ({
    input: {
      bodyText,
      params: {
        path: path ?? {},
        querystring: Object.fromEntries(new URLSearchParams(request.query ?? '')),
        header: request.headers ?? {},
      },
    },
    context: { stage: given.api.stage },
    stageVariables: given.api.stageVariables ?? {},
  });
  const [requestTemplate] = Object.values(route.integration.requestTemplates ?? {});
  const rendered: RenderedTemplate | undefined =
    requestTemplate === undefined ? undefined : renderTemplate(requestTemplate, scope(request.body ?? ''));
  const sent = rendered?.text ?? request.body ?? '';
  const isMock = route.integration.type === 'MOCK';
  const answer = isMock ? { status: statusOf(sent), body: '' } : await backendAnswer(given, sent);
  if (answer.status === undefined) throw new Error('the mock document has no statusCode');
  const responses = route.integration.responses ?? [];
  const response =
    responses.find(
      ({ selectionPattern }) => selectionPattern && new RegExp(`^(?:${selectionPattern})$`).test(String(answer.status)),
    ) ?? responses.find(({ selectionPattern }) => !selectionPattern);
  if (response === undefined) throw new Error('no response matches');
  const templates = Object.entries(response.responseTemplates ?? {});
  const accept = request.headers?.['Accept'] ?? 'application/json';
  const [, template] = templates.find(([type]) => type === accept) ?? templates[0] ?? [];
  const carried = rendered === undefined ? {} : { overrides: rendered.overrides };
  const final = template === undefined ? undefined : renderTemplate(template, { ...scope(answer.body), ...carried });
  const overrides = (final ?? rendered)?.overrides;
  return {
    status: overrides?.responseStatus ?? Number(response.statusCode),
    headers: overrides?.responseHeaders ?? {},
    bodyText: final?.text ?? answer.body,
    sent: isMock ? undefined : sent,
  };
};

/** The gateway's own error, where the template or its result is wrong. */
const isFailure = ({ expect: { bodyJson } }: Case): boolean =>
  JSON.stringify(bodyJson) === '{"message":"Internal server error"}';

describe('templates of the recorded cases', () => {
  it('are all of the fixture that templates alone decide', () => {
    expect(templated.length).toBeGreaterThanOrEqual(60);
  });

  it.each(templated.filter((given) => !isFailure(given)).map((given) => [given.id, given] as const))(
    '%s',
    async (_id, given) => {
      const outcome = await play(given);
      const { expect: expected } = given;
      expect(outcome.status).toBe(expected.status);
      if ('bodyText' in expected) expect(outcome.bodyText).toBe(expected['bodyText']);
      if ('bodyJson' in expected) expect(JSON.parse(outcome.bodyText)).toEqual(expected['bodyJson']);
      const backend = expected.backendRequest;
      if (backend?.bodyText !== undefined) expect(outcome.sent).toBe(backend.bodyText);
      if (backend?.bodyJson !== undefined) expect(JSON.parse(outcome.sent ?? '')).toEqual(backend.bodyJson);
    },
  );

  it.each(templated.filter(isFailure).map((given) => [given.id, given] as const))('%s', async (_id, given) => {
    await expect(play(given)).rejects.toThrow();
  });

  it('can all be parsed, in every area of the fixture', () => {
    const templates = cases.flatMap(({ api }) =>
      (api.routes ?? []).flatMap(({ integration }) => [
        ...Object.values(integration?.requestTemplates ?? {}),
        ...(integration?.responses ?? []).flatMap((response) => Object.values(response.responseTemplates ?? {})),
      ]),
    );
    expect(templates.length).toBeGreaterThan(150);
    for (const template of templates) expect(() => compileTemplate(template)).not.toThrow();
  });
});
