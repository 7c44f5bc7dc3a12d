// A new handler, made from the sample's own: the same code with other names, so that what is tested there holds here.

import { posix } from 'node:path';
import type { HandlerReference } from '../../project/schema/handler.ts';
import type { NewFile } from './create-files.ts';
import { extensionOf, type Language } from './language.ts';
import type { BoundAttribute, ModelRoute } from './model-action.ts';
import type { ModelFacts } from './model-facts.ts';
import { readTemplate } from './template.ts';
import { camelCase, isReserved, plural } from './words.ts';

export interface HandlerFile {
  readonly language: Language;
  readonly handler: HandlerReference;
  /** The route, as in apigen.yml. */
  readonly route: string;
  /** The shared code, relative to the root: `src/http.ts`. */
  readonly shared: string;
}

/** A handler that answers 200 and waits to be filled. */
export async function renderPlainHandler(file: HandlerFile): Promise<NewFile> {
  const template = await readTemplate(file.language, 'src/route');
  return finish(file, template.replaceAll('GET /route', file.route), {});
}

/** A handler of a WebSocket route, which logs what comes. */
export async function renderMessageHandler(
  language: Language,
  handler: HandlerReference,
  route: string,
): Promise<NewFile> {
  const template = await readTemplate(language, 'src/message');
  const text = template
    .replace('the route ROUTE', () => `the route ${route.replaceAll('*/', '* /')}`)
    .replace('export const handler =', () => `export const ${handler.exportName} =`);
  return { path: `${handler.module}.${extensionOf(language)}`, text };
}

/** A handler that does the usual thing with a model. */
export async function renderModelHandler(file: HandlerFile, route: ModelRoute, model: ModelFacts): Promise<NewFile> {
  const template = await readTemplate(file.language, `src/products/${route.action}`);
  const withRoute = template.replace(/(?<=\/\*\* )[A-Z]+ \/[^:\s]*/, file.route.replaceAll('$', '$$$$'));
  const withKey = route.action === 'create' ? createWith(withRoute, route, model) : keyOf(withRoute, route, model);
  return finish(file, withKey, { model });
}

/** Key attributes as code: `{ id: pathParameter(request, 'id') }`. */
function keyOf(text: string, { bound }: ModelRoute, model: ModelFacts): string {
  const code = `{ ${bound.map(attributeOf).join(', ')} }`;
  return text
    .replace("{ id: pathParameter(request, 'id') }", () => code)
    .replace(".attribute('id')", () => `.attribute('${model.hashKey.name}')`);
}

/** What a new item gets beside its body: an id of its own, or what the path says. */
function createWith(text: string, { bound }: ModelRoute, { hashKey }: ModelFacts): string {
  const isBound = bound.some(({ name }) => name === hashKey.name);
  const mintsId = !isBound && !hashKey.isNumber;
  const minted = mintsId ? [`${property(hashKey.name)}: randomUUID()`] : [];
  const item = text.replace(
    /\{ id: randomUUID\(\), (\.\.\.readJson.*?\(request\)) \}/,
    (_all, body: string) => `{ ${[...minted, body, ...bound.map(attributeOf)].join(', ')} }`,
  );
  const imports = mintsId ? item : item.replace(/^import \{ randomUUID \}.*\n/m, '');
  return bound.length === 0 ? imports : imports.replace('json, readJson }', 'json, pathParameter, readJson }');
}

function attributeOf({ name, parameter, isNumber }: BoundAttribute): string {
  const value = `pathParameter(request, '${parameter}')`;
  return `${property(name)}: ${isNumber ? `Number(${value})` : value}`;
}

function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}

function finish(file: HandlerFile, text: string, { model }: { readonly model?: ModelFacts }): NewFile {
  const path = `${file.handler.module}.${extensionOf(file.language)}`;
  const code = text
    .replace(/'\.\.?\/http\.\w+'/, () => `'${specifier(path, file.shared)}'`)
    .replace(/'\.\.\/models\/product\.\w+'/, () => `'@model'`)
    .replace('export const handler =', () => `export const ${file.handler.exportName} =`);
  if (model === undefined) return { path, text: code };
  return { path, text: rename(code, model).replace("'@model'", () => `'${specifier(path, model.file)}'`) };
}

function rename(text: string, { name, itemType }: ModelFacts): string {
  const one = camelCase(name);
  const variable =
    isReserved(one) || one === name || /^(?:request|page|start|key|json|error|scan|query)$/.test(one) ? 'item' : one;
  const typed =
    itemType === undefined ? text.replace(/, type ProductItem/, '').replace(/<Partial<ProductItem>>/, '') : text;
  return typed
    .replace(/\bProductItem\b/g, () => itemType ?? '')
    .replace(/\bProduct\b/g, () => name)
    .replace(/\ba (?=product\b)/g, () => (/^[aeiou]/i.test(variable) ? 'an ' : 'a '))
    .replace(/\bproducts\b/g, () => plural(variable))
    .replace(/\bproduct\b/g, () => variable);
}

/** How one file of the project imports another. */
function specifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
