// One `key: value` as YAML, the way apigen.yml is written: the entry itself on one line, maps around it on their own.

import { Document, isMap, type Node, visit } from 'yaml';
import type { TextStyle } from './text-style.ts';

/** What an entry may be: text, or a small map. */
export type EntryValue = string | { readonly [key: string]: unknown };

export interface EntryStyle extends Pick<TextStyle, 'eol' | 'unit' | 'quote'> {
  /** Spaces before the entry's own line, added to the lines below it. */
  readonly indent?: string;
  /** Inside { }: everything on one line, without the braces. */
  readonly flow?: boolean;
}

/** The entry under `keys`, outermost first, without the first line's indentation and without a line end. */
export function renderEntry(keys: readonly string[], value: EntryValue, style: EntryStyle): string {
  const document = new Document(keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value));
  visit(document, {
    Map(_key, map, path) {
      // The maps that hold the keys are blocks, what the entry says is one line.
      const depth = path.filter((node) => isMap(node)).length;
      map.flow = style.flow === true || depth >= keys.length;
    },
    Seq(_key, list: Node & { flow?: boolean }) {
      list.flow = true;
    },
  });
  const text = document
    .toString({
      lineWidth: 0,
      indent: style.unit.length,
      singleQuote: style.quote === 'single',
      flowCollectionPadding: true,
    })
    .trimEnd();
  const bare = style.flow === true ? text.replace(/^\{\s*|\s*\}$/g, '') : text;
  return bare.split('\n').join(`${style.eol}${style.indent ?? ''}`);
}
