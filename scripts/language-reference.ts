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
- **Auth** must be said aloud for every route, on it or on its API. \`none\` is public.
- **Access.** Importing a model lets a function read its table: get, batch get and query. \`write\` and \`scan\` are said in
  \`access\`.
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

/** The page as Markdown. */
export function languageReference(): string {
  const root = projectJsonSchema();
  const parts = [INTRODUCTION, section('Top level', 'The keys of the file.', root)];
  const properties = propertiesOf(root);
  const defaults = propertiesOf(propertiesOf(root)['defaults'] ?? {})['function'] ?? {};
  const api = entryOf(properties['apis']);
  const route = entryOf(propertiesOf(api)['routes']);
  parts.push(
    section('`defaults.function`', textOf(defaults), defaults),
    section('`models.{name}`', 'A path, or a map with:', entryOf(properties['models'])),
    section('`functions.{name}`', 'A handler, or a map with:', entryOf(properties['functions'])),
    section('`apis.{name}`', textOf(properties['apis']), api),
    section('`apis.{name}.cors`', textOf(propertiesOf(api)['cors']), propertiesOf(api)['cors'] ?? {}),
    section('`apis.{name}.throttle`', textOf(propertiesOf(api)['throttle']), propertiesOf(api)['throttle'] ?? {}),
    section('`apis.{name}.routes.{METHOD /path}`', 'A handler, or a map with:', route),
    section('`…routes.{METHOD /path}.mock`', textOf(propertiesOf(route)['mock']), propertiesOf(route)['mock'] ?? {}),
    stageSection(properties['stages'] ?? {}),
  );
  return `${parts.join('\n').trimEnd()}\n`;
}

function section(title: string, text: string, node: SchemaNode): string {
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const rows = Object.entries(propertiesOf(node)).map(
    ([key, child]): Row => ({ key, node: child, required: required.includes(key) }),
  );
  return `## ${title}\n\n${text}\n\n${table(rows)}`;
}

function stageSection(stages: SchemaNode): string {
  const { protect, account } = propertiesOf(entryOf(stages));
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

/** What the entries of a map may be, when they are maps. */
function entryOf(node: SchemaNode | undefined): SchemaNode {
  const entry = (node?.['additionalProperties'] as SchemaNode | undefined) ?? {};
  const branches = Array.isArray(entry['anyOf']) ? (entry['anyOf'] as SchemaNode[]) : [entry];
  return branches.find((branch) => branch['properties'] !== undefined) ?? entry;
}

function textOf(node: SchemaNode | undefined): string {
  return typeof node?.['description'] === 'string' ? node['description'] : '';
}
