// What of the generated module runs: the decoder's view of the models, the rules of the routes' bodies, and the two
// functions on them. As TypeScript, and as declarations for a project in JavaScript.

import type { AttributeSpec, AttributeType, SchemaSpec, ValueSpec } from '../../models/attribute-spec.ts';
import { stringType, unionType } from '../../models/types/type-text.ts';
import { valueText } from '../../models/types/value-text.ts';
import type { ProjectTypes, RouteTypes } from './project-types.ts';

const READ_BODY = `/**
 * The body of a request to a route, checked and with its dates, sets and binaries made. Where several APIs have the
 * route and ask for different bodies, the name of the API comes last.
 *
 * @throws InvalidBody
 */`;

const READ_BODY_HEAD = `export function readBody<Route extends BodyRoute, Api extends keyof Bodies[Route] = keyof Bodies[Route]>(
  route: Route,
  request: SentBody,
  ...api: Route extends DividedRoute ? [api: Api] : [api?: Api]
): RouteBody<Route, Api>`;

const DECODE = `/** JSON as an item of a model; \`partial\`: nothing is required. Attributes that the model does not name are refused. */`;

const DECODE_HEADS = `export function decode<Model extends keyof Models>(
  model: Model,
  json: unknown,
  options?: { partial?: false },
): Decoded<Models[Model]['input']>;
export function decode<Model extends keyof Models>(
  model: Model,
  json: unknown,
  options: { partial: true },
): Decoded<Partial<Models[Model]['input']>>;`;

const DECODED = `export type Decoded<Item> =
  | { item: Item; problems?: undefined }
  | { item?: undefined; problems: readonly DecodeProblem[] };`;

/** @param extension of the modules it imports: `.ts`, `.js` */
export function codeImports(extension: string): string {
  return `import {
  type BodyRule,
  bodyOf,
  type DecodeProblem,
  decodeItem as decoded,
  type SchemaSpec,
  type SentBody,
} from './decode${extension}';

export { type DecodeProblem, InvalidBody, type SentBody } from './decode${extension}';`;
}

/** In TypeScript, without its imports. */
export function renderCode(types: ProjectTypes): string {
  const divided = dividedRoutes(types.routes);
  return `${DECODED}

${dividedType(divided)}

const models: { readonly [name: string]: readonly SchemaSpec[] } = ${modelsText(types)};

/** By route and API, \`*\` for any; without a model a body is JSON and no more. */
const bodies: { readonly [route: string]: { readonly [api: string]: BodyRule & { readonly model?: string } } } = ${bodiesText(types.routes)};

${READ_BODY}
${READ_BODY_HEAD} {
  const rules = bodies[route] ?? {};
  const rule = rules[String(api[0])] ?? rules['*'];
  if (rule === undefined) throw new TypeError(\`\${route}: name its API, one of \${Object.keys(rules).join(', ')}\`);
  return bodyOf(request, rule.model === undefined ? undefined : models[rule.model], rule) as RouteBody<Route, Api>;
}

${DECODE}
${DECODE_HEADS}
export function decode(model: string, json: unknown, options: { partial?: boolean } = {}): Decoded<never> {
  return decoded(models[model] ?? [], json, options) as Decoded<never>;
}`;
}

/** For the .d.ts beside JavaScript. */
export function renderCodeDeclarations(types: ProjectTypes): string {
  return `/** What is wrong with one value: its place, as \`maker.country\`, and why. */
export interface DecodeProblem {
  readonly path: string;
  readonly message: string;
}

/** What \`readBody\` looks at of a request. */
export interface SentBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** A body that is not what its route asks for. */
export declare class InvalidBody extends Error {
  readonly statusCode: 400;
  readonly problems: readonly DecodeProblem[];
}

${DECODED}

${dividedType(dividedRoutes(types.routes))}

${READ_BODY}
${READ_BODY_HEAD};

${DECODE}
${DECODE_HEADS}`;
}

const dividedType = (routes: readonly string[]): string =>
  `/** Routes whose APIs ask for different bodies. */\ntype DividedRoute = ${unionType(routes.map(stringType))};`;

/** Keys of routes whose APIs ask for different bodies. */
function dividedRoutes(routes: readonly RouteTypes[]): readonly string[] {
  const rules = new Map<string, Set<string>>();
  for (const { key, body } of routes) {
    if (body !== undefined) rules.set(key, (rules.get(key) ?? new Set()).add(JSON.stringify(body)));
  }
  return [...rules].filter(([, different]) => different.size > 1).map(([key]) => key);
}

function modelsText({ models }: ProjectTypes): string {
  return valueText(Object.fromEntries(models.map(({ name, schemas }) => [name, schemas.map(decodedPart)])));
}

/** What the decoder looks at. */
function decodedPart({ attributes, open }: SchemaSpec): SchemaSpec {
  return { attributes: attributes.map(attributePart), open };
}

function attributePart({ name, values, required, key }: AttributeSpec): AttributeSpec {
  return { name, values: values.map(valuePart), required, ...(key !== undefined && { key }) };
}

const valuePart = (value: ValueSpec): ValueSpec => ({ ...value, type: typePart(value.type) });

function typePart(type: AttributeType): AttributeType {
  switch (type.kind) {
    case 'object':
      return { ...type, attributes: type.attributes.map(attributePart) };
    case 'array':
      return type.items === undefined ? type : { ...type, items: type.items.map(valuePart) };
    case 'reference':
      return { ...type, key: type.key.map(attributePart) };
    default:
      return type;
  }
}

function bodiesText(routes: readonly RouteTypes[]): string {
  const divided = dividedRoutes(routes);
  const byRoute: Record<string, Record<string, unknown>> = {};
  for (const { key, api, body } of routes) {
    if (body === undefined) continue;
    const place = divided.includes(key) ? api : '*';
    byRoute[key] = { ...byRoute[key], [place]: body.decoder ?? { attributes: [], partial: false } };
  }
  return valueText(byRoute);
}
