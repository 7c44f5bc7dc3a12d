// A new handler, made from the sample's own: the same code with other names, so that what is tested there holds here.

import type { RouteKey } from '../../project/route-key.ts';
import { parameterOf } from '../../project/route-key.ts';
import type { HandlerReference } from '../../project/schema/handler.ts';
import { bodyReadings, readingNames } from './body-readings.ts';
import type { NewFile } from './create-files.ts';
import { HTTP_EXPORTS, type SharedPaths } from './handler-code.ts';
import { importPath } from './import-path.ts';
import { addressSegment, itemEntry, keyEntry, objectCode, property } from './key-code.ts';
import { extensionOf, type Language } from './language.ts';
import type { ModelRoute } from './model-action.ts';
import { isVersioned, keyOf, type ModelFacts, mintedKey } from './model-facts.ts';
import { itemVariable, renameModel } from './rename-model.ts';
import { readTemplate } from './template.ts';

export interface HandlerFile {
  readonly language: Language;
  readonly handler: HandlerReference;
  /** The route, as in apigen.yml. */
  readonly route: string;
  readonly shared: SharedPaths;
}

/** A handler that answers 200 and waits to be filled. */
export async function renderPlainHandler(file: HandlerFile): Promise<NewFile> {
  const template = await readTemplate(file.language, 'src/route');
  return finish(
    file,
    template.replaceAll('GET /route', () => file.route),
  );
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
export async function renderModelHandler(
  file: HandlerFile,
  key: RouteKey,
  route: ModelRoute,
  model: ModelFacts,
): Promise<NewFile> {
  const template = await readTemplate(file.language, `src/products/${route.action}`);
  // What stands for the project's own words goes in last, so that no name is taken for the sample's.
  const named = renameModel(
    template.replace(/'\.\.\/models\/product\.\w+'/, () => "'@model'"),
    model,
  );
  const path = pathOf(file);
  const code = withItem(withBody(withKey(named, route, model), route, model), key, route, model)
    .replace(/(?<=\/\*\* )[A-Z]+ \/[^:\s]*/, () => file.route)
    .replace("'@model'", () => `'${importPath(path, model.file)}'`);
  return finish(file, code);
}

/** The key of one item, or what a query asks for. */
function withKey(text: string, { bound }: ModelRoute, model: ModelFacts): string {
  const names = keyOf(model).map(({ name }) => `'${name}'`);
  return text
    .replace(/^(.*)\{ id: pathParameter\(request, 'id'\) \}(.*)$/m, (_all, before: string, after: string) =>
      objectCode(bound.map(keyEntry), before, after),
    )
    .replace(".attribute('id')", () => `.attribute('${model.hashKey.name}')`)
    .replace('{ $SET: body }', () => (isVersioned(model) ? '{ $SET: body, $ADD: { version: 1 } }' : '{ $SET: body }'))
    .replace("['id']", () => `[${names.join(', ')}]`);
}

/** What JSON has as text and lists becomes times, bytes and sets. */
function withBody(text: string, { bound }: ModelRoute, { attributes }: ModelFacts): string {
  const sent = attributes.filter(({ name, role }) => role === undefined && !bound.some((one) => one.name === name));
  const readings = bodyReadings(sent);
  if (readings.length === 0 || (!text.includes('readJson(') && !text.includes('readJson<'))) return text;
  const names = ['fromJson', ...readingNames(readings)].sort();
  return text
    .replace(/^(.*)readJson(<.*>)?\(request\);$/m, (_all, before: string, type = '') =>
      objectCode(readings, `${before}fromJson${type}(readJson(request), `, ');'),
    )
    .replace(/^(?=import .* from '\.\.\/http\.)/m, () => `import { ${names.join(', ')} } from '../from-json.ts';\n`);
}

/** What a new item gets beside its body, an id of its own or what the path says, and the address that it then has. */
function withItem(text: string, key: RouteKey, { action, bound }: ModelRoute, model: ModelFacts): string {
  if (action === 'replace')
    return text.replace('{ ...body, ...key }', () => itemCode(['...body', ...bound.map(itemEntry)]));
  if (action !== 'create') return text;
  const isBound = (name: string) => bound.some((one) => one.name === name);
  const minted = mintedKey(model);
  const mints = minted !== undefined && !isBound(minted.name);
  const entries = [...(mints ? [`${property(minted.name)}: randomUUID()`] : []), '...body', ...bound.map(itemEntry)];
  const variable = itemVariable(model);
  const last = key.segments.at(-1) ?? '';
  const parameter = bound.find((one) => one.parameter === parameterOf(last));
  const here = parameter === undefined ? last : addressSegment(parameter, variable);
  const below = keyOf(model).filter(({ name }) => !isBound(name));
  const address = ['.', here, ...below.map((one) => addressSegment(one, variable))].filter((one) => one !== '');
  return text
    .replace('{ id: randomUUID(), ...body }', () => itemCode(entries))
    .replace(/`\.\/.*`/, () => `\`${address.join('/')}\``)
    .replace(mints ? '' : /^import \{ randomUUID \}.*\n/m, '');
}

function itemCode(entries: readonly string[]): string {
  return entries.length === 1 ? 'body' : `{ ${entries.join(', ')} }`;
}

function pathOf({ handler, language }: HandlerFile): string {
  return `${handler.module}.${extensionOf(language)}`;
}

/** Imports of the shared code are what the handler came to use of it. */
function finish(file: HandlerFile, text: string): NewFile {
  const path = pathOf(file);
  const code = text.replaceAll(/^ *(?:\/\*\*|\/\/|import ).*$/gm, '');
  const used = HTTP_EXPORTS.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  const whole = text
    .replace(/^import .* from '\.\.?\/http\.\w+';$/m, () => {
      return `import { ${used.join(', ')} } from '${importPath(path, file.shared['src/http'])}';`;
    })
    .replace(/'\.\.\/from-json\.\w+'/, () => `'${importPath(path, file.shared['src/from-json'])}'`)
    .replace('export const handler =', () => `export const ${file.handler.exportName} =`);
  return { path, text: whole };
}
