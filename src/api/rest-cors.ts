// CORS on REST APIs, which do not know it: an OPTIONS method with a mock answer on every path that has none, and the
// headers on what API Gateway answers itself. Functions answer with their own headers.

import type { CorsDeclaration } from '../project/project.ts';
import type { GatewayResponse, GatewayResponseType, RestRoute, StringMap } from './definition.ts';
import { JSON_TYPE } from './service-call.ts';

/** The routes with those that preflights want. */
export function withPreflights(routes: readonly RestRoute[], cors: CorsDeclaration): readonly RestRoute[] {
  const paths = [...new Set(routes.map(({ path }) => path))];
  const own = new Set(routes.filter(({ method }) => method === 'OPTIONS').map(({ path }) => path));
  const added = paths
    .filter((path) => !own.has(path))
    .map((path) => preflight(path, methodsOf(routes, path, cors), cors));
  return [...routes.map((route) => withHeaders(route, cors)), ...added];
}

/** The methods that the path has, as far as the API allows them. */
function methodsOf(routes: readonly RestRoute[], path: string, cors: CorsDeclaration): readonly string[] {
  const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
  if (methods.includes('ANY') || cors.methods.includes('*')) return cors.methods;
  return [...new Set([...methods, 'OPTIONS'])].filter((one) => one === 'OPTIONS' || cors.methods.includes(one)).sort();
}

function preflight(path: string, methods: readonly string[], cors: CorsDeclaration): RestRoute {
  const headers: Record<string, string> = {
    'Access-Control-Allow-Methods': methods.join(','),
    'Access-Control-Allow-Headers': cors.headers.join(','),
    ...(cors.maxAge !== undefined && cors.maxAge >= 0 && { 'Access-Control-Max-Age': String(cors.maxAge) }),
    ...fixedHeaders(cors),
  };
  const responseParameters = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
  );
  return {
    method: 'OPTIONS',
    path,
    authorization: { type: 'NONE' },
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    integration: {
      type: 'MOCK',
      passthroughBehavior: 'WHEN_NO_MATCH',
      requestTemplates: { [JSON_TYPE]: '{"statusCode":204}' },
      responses: [
        {
          statusCode: '204',
          selectionPattern: null,
          responseParameters,
          responseTemplates: { [JSON_TYPE]: originTemplate(cors) },
        },
      ],
    },
    methodResponses: [{ statusCode: '204', responseParameters: declared(responseParameters), responseModels: {} }],
  };
}

/** One origin, or all, is a fixed header; of several the caller's own is answered, by a template. */
function onlyOrigin({ origins }: CorsDeclaration): string | undefined {
  if (origins.includes('*')) return '*';
  const [only, other] = origins;
  return other === undefined && only !== undefined && !only.endsWith('*') ? only : undefined;
}

function fixedHeaders(cors: CorsDeclaration): StringMap {
  const origin = onlyOrigin(cors);
  return {
    ...(origin !== undefined && { 'Access-Control-Allow-Origin': origin }),
    ...(cors.credentials && { 'Access-Control-Allow-Credentials': 'true' }),
    ...(cors.exposeHeaders.length > 0 && { 'Access-Control-Expose-Headers': cors.exposeHeaders.join(',') }),
    ...(origin !== undefined && origin !== '*' && { Vary: 'Origin' }),
  };
}

/** Nothing where a fixed header says it. */
function originTemplate(cors: CorsDeclaration): string {
  if (onlyOrigin(cors) !== undefined) return '';
  const tests = cors.origins.map((origin) =>
    origin.endsWith('*') ? `$origin.startsWith("${origin.slice(0, -1)}")` : `$origin == "${origin}"`,
  );
  const set = '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)';
  const vary = '#set($context.responseOverride.header.Vary = "Origin")';
  return `#set($origin = $input.params().header.get('Origin'))#if(!$origin)#set($origin = $input.params().header.get('origin'))#end#if($origin && (${tests.join(' || ')}))${set}${vary}#end`;
}

/** Answers that API Gateway builds from an integration's, functions behind a proxy excepted. */
function withHeaders(route: RestRoute, cors: CorsDeclaration): RestRoute {
  const { integration } = route;
  if (integration.responses === undefined) return route;
  const headers = Object.fromEntries(
    Object.entries(fixedHeaders(cors)).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
  );
  const origin = originTemplate(cors);
  const responses = integration.responses.map((one) => ({
    ...one,
    responseParameters: { ...headers, ...one.responseParameters },
    ...(origin !== '' && {
      responseTemplates: { [JSON_TYPE]: `${origin}${one.responseTemplates?.[JSON_TYPE] ?? '$input.body'}` },
    }),
  }));
  return {
    ...route,
    integration: { ...integration, responses },
    methodResponses: route.methodResponses.map((one) => ({
      ...one,
      responseParameters: { ...declared(headers), ...one.responseParameters },
    })),
  };
}

function declared(parameters: StringMap): Readonly<Record<string, boolean>> {
  return Object.fromEntries(Object.keys(parameters).map((name) => [name, false]));
}

type GatewayResponses = Readonly<Partial<Record<GatewayResponseType, GatewayResponse>>>;

/**
 * The headers on errors of API Gateway itself, which a page could not read otherwise. They know no templates for
 * headers: of several origins the first is answered.
 */
export function withErrorHeaders(responses: GatewayResponses, cors: CorsDeclaration): GatewayResponses {
  const headers: Record<string, string> = { ...fixedHeaders(cors) };
  headers['Access-Control-Allow-Origin'] ??= cors.origins.find((origin) => !origin.endsWith('*')) ?? '*';
  const parameters = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
  );
  const names = new Set<GatewayResponseType>([
    'DEFAULT_4XX',
    'DEFAULT_5XX',
    ...(Object.keys(responses) as GatewayResponseType[]),
  ]);
  return Object.fromEntries(
    [...names].map((name) => {
      const own = responses[name] ?? {};
      return [name, { ...own, responseParameters: { ...parameters, ...own.responseParameters } }];
    }),
  );
}
