// The sample's Product under the name of another model, in code made from the sample's.

import { HTTP_EXPORTS } from './handler-code.ts';
import type { ModelFacts } from './model-facts.ts';
import { camelCase, isReserved, plural } from './words.ts';

/** Names that the templates give to something else. */
const TAKEN = new Set([
  ...HTTP_EXPORTS,
  ...[
    'request',
    'page',
    'start',
    'key',
    'error',
    'scan',
    'query',
    'body',
    'condition',
    'update',
    'handler',
    'fromJson',
  ],
  ...['answer', 'create', 'get', 'list', 'remove', 'sent', 'path', 'seen', 'next', 'after', 'assert', 'sample'],
]);

/** What one item of the model is called in code: `orderLine`; `item` where that means something else. */
export function itemVariable({ name }: Pick<ModelFacts, 'name'>): string {
  const one = camelCase(name);
  return isReserved(one) || one === name || TAKEN.has(one) ? 'item' : one;
}

/** Renames the sample's model, the type of its items, and its words in code and remarks. */
export function renameModel(text: string, model: Pick<ModelFacts, 'name' | 'itemType'>): string {
  const { name, itemType } = model;
  const variable = itemVariable(model);
  const typed =
    itemType === undefined ? text.replace(/, type ProductItem/, '').replaceAll('<Partial<ProductItem>>', '') : text;
  return typed
    .replace(/\bProductItem\b/g, () => itemType ?? '')
    .replace(/\bProduct\b/g, () => name)
    .replace(/\ba (?=product\b)/g, () => (/^[aeiou]/i.test(variable) ? 'an ' : 'a '))
    .replace(/\bproducts\b/g, () => plural(variable))
    .replace(/\bproduct\b/g, () => variable);
}
