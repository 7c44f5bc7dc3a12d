// The checks that HTTP APIs, which have none, want before a handler: its bundle answers REST's own 400. Schemas are
// compiled here, so that the bundle holds plain code and neither Ajv nor schemas.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** What the requests of one route must have. */
export interface RouteChecks {
  /** Required ones. */
  readonly parameters?: readonly { readonly in: 'header' | 'path' | 'querystring'; readonly name: string }[];
  /** Draft 4. */
  readonly body?: { readonly [keyword: string]: unknown };
}

/** By route key: `POST /products`. */
export type FunctionChecks = Readonly<Record<string, RouteChecks>>;

/** Where the compiled code finds the few lines of Ajv it needs at run time. */
export function checksResolveDir(): string {
  return dirname(createRequire(import.meta.url).resolve('ajv/package.json'));
}

/**
 * A CommonJS module that exports `checked(handler)`.
 *
 * "Missing required request parameters: [a, b]" and "Invalid request body", in this order, are API Gateway's words:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export async function checksModule(checks: FunctionChecks): Promise<string> {
  const keys = Object.keys(checks);
  const schemas = keys.flatMap((key, index) => {
    const body = checks[key]?.body;
    return body === undefined ? [] : [[`body${index}`, body] as const];
  });
  const routes = keys.map((key, index) => {
    const { parameters = [], body } = checks[key] ?? {};
    const order = ['header', 'path', 'querystring'];
    const sorted = [...parameters].sort((a, b) => order.indexOf(a.in) - order.indexOf(b.in));
    const entry = { parameters: sorted.map((one) => [one.in, one.name]) };
    return `${JSON.stringify(key)}:{...${JSON.stringify(entry)},body:${body === undefined ? 'undefined' : `bodies.body${index}`}}`;
  });
  return `const bodies = {};
${schemas.length === 0 ? '' : `(function (exports) {${await compiled(schemas)}})(bodies);`}
const routes = {${routes.join(',')}};
${RUNTIME}`;
}

async function compiled(
  schemas: readonly (readonly [string, { readonly [keyword: string]: unknown }])[],
): Promise<string> {
  const [{ default: draft04 }, { default: standalone }] = await Promise.all([
    import('ajv-draft-04'),
    import('ajv/dist/standalone/index.js'),
  ]);
  const ajv = new draft04.default({
    strict: false,
    // API Gateway does not check formats.
    validateFormats: false,
    logger: false,
    code: { source: true, lines: false },
    schemas: Object.fromEntries(schemas.map(([name, { $schema: _draft, id: _id, ...schema }]) => [name, schema])),
  });
  return standalone.default(ajv, Object.fromEntries(schemas.map(([id]) => [id, id])));
}

/**
 * Payload 2.0 has the query joined and headers in lower case, 1.0 as the client wrote them. 2.0 names the route; 1.0
 * the path of the route and the method of the request. Events of REST APIs, which have no version, are none of ours.
 */
const RUNTIME = `
const has = (values, name, fold) => Object.entries(values ?? {}).some(([key, value]) =>
  (fold ? key.toLowerCase() === name.toLowerCase() : key === name) && String(value ?? '').trim() !== '');
const places = {
  header: (event, name) => has(event.headers, name, true),
  path: (event, name) => has(event.pathParameters, name),
  querystring: (event, name) => has(event.queryStringParameters, name),
};
const refuse = (message) => ({
  statusCode: 400,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});
const parse = (event) => {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  return text.trim() === '' ? {} : JSON.parse(text);
};
const routeOf = (event) => {
  if (event?.version !== '1.0') return routes[event?.routeKey];
  const { httpMethod, resourcePath } = event.requestContext;
  return routes[httpMethod + ' ' + resourcePath] ?? routes['ANY ' + resourcePath] ?? routes[resourcePath];
};
const fault = (event) => {
  const route = routeOf(event);
  if (route === undefined) return undefined;
  const missing = route.parameters.filter(([place, name]) => !places[place](event, name)).map(([, name]) => name);
  if (missing.length > 0) return refuse('Missing required request parameters: [' + missing.join(', ') + ']');
  if (route.body === undefined) return undefined;
  try {
    if (route.body(parse(event))) return undefined;
  } catch {}
  return refuse('Invalid request body');
};
exports.checked = (handler) => async (event, context) => fault(event) ?? handler(event, context);
`;
