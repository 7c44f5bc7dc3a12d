// docs/apigen-yml.md from the schema itself, so that the reference cannot say what the loader does not do.

import { projectJsonSchema, type SchemaNode } from '../src/project/json-schema.ts';

const INTRODUCTION = `<!-- Written by scripts/write-reference.js from src/project/schema. Change it there. -->
# apigen.yml

One file at the root of a project says everything: its models, functions, APIs and stages. It is edited by hand or by
\`apigen add-route\` and \`apigen add-model\`, which keep remarks, order and style. \`apigen check\` names the line of
every mistake; an unknown key is one.

\`\`\`yaml
# yaml-language-server: $schema=./apigen.schema.json
name: shop
region: eu-west-1

models:
  Product: src/models/product.ts

apis:
  public:
    type: http
    auth: none
    routes:
      GET /products: { handler: src/products/list.handler, access: { Product: scan } }
      POST /products: { handler: src/products/create.handler, access: { Product: write } }
      GET /products/{id}: src/products/get.handler

stages:
  dev: {}
  prod: { protect: true, defaults: { function: { memory: 512 } } }
\`\`\`

The first line lets editors with a YAML language server complete and check keys. \`apigen.schema.json\` stands beside
the file, written by \`apigen init\`: it works offline, in a fresh clone, and however apigen is installed. Running
\`apigen init\` again brings it up to date.

## Rules

- **Routes** are keyed as API Gateway does: \`METHOD /path/{parameter}\`; \`{parameter+}\` takes the rest of the path and
  stands last; \`$default\` answers what no other route of an HTTP API does. A path does not end in a slash.
- **Handlers** are \`file.export\`. Routes that name the same handler share one function, called after the handler:
  \`src/products/create.handler\` is the function \`products-create\` (a leading \`src/\` and a trailing \`/index\` are dropped,
  the export is added unless it is \`handler\`). Two handlers that yield one name, or two routes that set one function
  differently, are errors: give the function a name and its settings under \`functions:\`.
- **Auth** must be said aloud for every route, on it or on its API. \`none\` is public, \`iam\` wants signed requests, any
  other word is an authorizer of \`auth:\`. Scopes stand with it: \`auth: { clients: [products/write] }\`. Of a WebSocket
  API it is \`$connect\` that is asked.
- **Access.** Importing a model lets a function read its table: get, batch get and query. \`write\` and \`scan\` are said in
  \`access\`, as are \`publish\` (topics), \`send\` and \`receive\` (queues), and \`manage\` (connections of a WebSocket API).
- **One answer** for each route: \`handler\`, \`url\`, \`mock\`, \`sns\`, \`sqs\`, \`dynamodb\` or \`aws\`.
- **Expressions** are API Gateway's: \`$request.body.name\`, \`$request.path.id\`, \`$request.header.h\`, \`$request.query.q\`,
  \`$context.requestId\`, \`$stageVariables.v\`, alone or as \`\${request.path.id}\` inside a text. On REST and WebSocket APIs
  they become mapping templates, on HTTP APIs parameter mappings. \`$request.body\` is the body as text; a part of it keeps
  its type. Braces inside \`{ }\` want quotes.
- **\`body: Product\`** leaves out timestamps, attributes with a default and keys that the path gives;
  \`{ model, omit, pick, optional, partial }\` says otherwise, and a JSON Schema file is welcome too.
- **What AWS refuses** is refused by \`apigen check\`, with the line, the reason and the alternative.
- **Stages** are chosen with \`--stage\` (default \`dev\`), and need no declaration. A stage may override any key but
  \`name\` and \`stages\`: maps merge, lists replace, \`null\` removes. A short form counts as the map that it stands for, so
  \`Order: { backups: continuous }\` may override \`Order: src/models/order.ts\`.
- **Text that looks like a number** wants quotes: \`account: "012345678901"\`, \`PORT: "8080"\`.
- A function behind a route has at most 29 s (REST) or 30 s (HTTP), after which API Gateway answers 504.

`;

interface Row {
  readonly key: string;
  readonly node: SchemaNode;
  readonly required: boolean;
}

/** Names of the entries of maps, in titles. */
const ENTRY_NAMES: Readonly<Record<string, string>> = { routes: 'METHOD /path', responses: 'status', access: 'name' };

/** The page as Markdown. */
export function languageReference(): string {
  const root = projectJsonSchema();
  const { stages = {}, defaults = {}, ...properties } = propertiesOf(root);
  const sections = new Sections();
  sections.add('Top level', 'The keys of the file.', root);
  sections.descend('`defaults`', defaults);
  for (const [key, node] of Object.entries(properties)) sections.descend(`\`${key}\``, node);
  return `${[INTRODUCTION, ...sections.parts, stageSection(stages)].join('\n').trimEnd()}\n`;
}

/** A section for each map whose keys are known, once: what several places share is described where it comes first. */
class Sections {
  readonly parts: string[] = [];
  readonly #seen = new Map<string, string>();

  add(title: string, text: string, node: SchemaNode): void {
    const required = Array.isArray(node['required']) ? node['required'] : [];
    const rows = Object.entries(propertiesOf(node)).map(
      ([key, child]): Row => ({ key, node: child, required: required.includes(key) }),
    );
    this.parts.push(`## ${title}\n\n${text === '' ? '' : `${text}\n\n`}${table(rows)}`);
  }

  /** The sections of a value: itself, if it is a map with known keys, and what is below it. */
  descend(title: string, node: SchemaNode, text = textOf(node)): void {
    for (const branch of branchesOf(node)) {
      const entries = branch['additionalProperties'];
      const items = branch['items'];
      if (branch['properties'] !== undefined) this.#section(title, text, node, branch);
      else if (isNode(items)) this.descend(inner(title, '[]'), items, text);
      else if (isNode(entries)) this.descend(inner(title, `.{${entryName(title)}}`), entries, text);
    }
  }

  #section(title: string, text: string, node: SchemaNode, branch: SchemaNode): void {
    const key = JSON.stringify(branch['properties']);
    if (this.#seen.has(key)) return;
    this.#seen.set(key, title);
    const short = shortForm(node);
    this.add(title, short === undefined ? text : `${text} ${short}`.trim(), branch);
    for (const [name, child] of Object.entries(propertiesOf(branch))) this.descend(inner(title, `.${name}`), child);
  }
}

const inner = (title: string, step: string): string => `${title.slice(0, -1)}${step}\``;

function entryName(title: string): string {
  const last = title.replaceAll('`', '').split('.').at(-1) ?? '';
  return ENTRY_NAMES[last] ?? 'name';
}

function shortForm(node: SchemaNode): string | undefined {
  const others = branchesOf(node).filter((branch) => branch['properties'] === undefined);
  if (others.length === 0) return undefined;
  return `Short: ${[...new Set(others.map(typeOf))].join(' or ')}. Otherwise a map:`;
}

function branchesOf(node: SchemaNode): readonly SchemaNode[] {
  const any = node['anyOf'];
  return Array.isArray(any) ? any.filter(isNode).flatMap(branchesOf) : [node];
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null;
}

function stageSection(stages: SchemaNode): string {
  const [entry = {}] = branchesOf((stages['additionalProperties'] as SchemaNode | undefined) ?? {}).filter(
    propertiesOf,
  );
  const { protect, account } = propertiesOf(entry);
  const rows = Object.entries({ protect, account }).map(
    ([key, node]): Row => ({ key, node: node ?? {}, required: false }),
  );
  return `## \`stages.{name}\`\n\n${textOf(stages)} Its own settings are:\n\n${table(rows)}`;
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ key, node, required }) => {
    const meaning = `${textOf(node)}${required ? ' **Required.**' : ''}`.replaceAll('|', '\\|');
    return `| \`${key}\` | ${typeOf(node).replaceAll('|', '\\|')} | ${meaning} |`;
  });
  return ['| Key | Value | Meaning |', '|---|---|---|', ...lines, ''].join('\n');
}

function typeOf(node: SchemaNode): string {
  const branches = Array.isArray(node['anyOf']) ? (node['anyOf'] as SchemaNode[]) : [];
  if (branches.length > 0) return [...new Set(branches.map(typeOf))].join(' or ');
  if (node['const'] !== undefined) return `\`${String(node['const'])}\``;
  const values = Array.isArray(node['enum']) ? node['enum'] : [];
  if (values.length > 30) return 'an AWS region';
  if (values.length > 0) return values.map((value) => `\`${String(value)}\``).join(', ');
  switch (node['type']) {
    case 'integer':
    case 'number':
      return rangeOf(node);
    case 'boolean':
      return '`true`, `false`';
    case 'array':
      return `list of ${typeOf((node['items'] as SchemaNode | undefined) ?? {})}`;
    case 'object':
      return 'map';
    case 'string':
      return 'text';
    default:
      return 'anything';
  }
}

function rangeOf({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const number = (value: unknown) => Number(value).toLocaleString('en-US');
  if (typeof minimum === 'number' && typeof maximum === 'number' && maximum < 2_147_483_647) {
    return `${number(minimum)} to ${number(maximum)}`;
  }
  const least = minimum ?? exclusiveMinimum;
  return typeof least === 'number'
    ? `a number${minimum === undefined ? ' above' : ' from'} ${number(least)}`
    : 'a number';
}

function propertiesOf(node: SchemaNode): Record<string, SchemaNode> {
  return (node['properties'] as Record<string, SchemaNode> | undefined) ?? {};
}

function textOf(node: SchemaNode | undefined): string {
  return typeof node?.['description'] === 'string' ? node['description'] : '';
}
