// Adds one entry to a map of a YAML text by splicing, so that every other byte stays: comments, order, blank lines,
// quoting, indentation, line ends. The result is read back and must be the old value plus the entry, or nothing is done.

import { isDeepStrictEqual } from 'node:util';
import { type Document, isAlias, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { ApigenError } from '../errors.ts';
import { toPlain } from './located.ts';
import { readYaml } from './read-yaml.ts';
import { type EntryValue, renderEntry } from './render-entry.ts';
import { detectStyle, indentAt, lineEnd, type TextStyle } from './text-style.ts';

/** Sections of apigen.yml in the order they are read best; a new one goes behind its predecessor. */
const SECTION_ORDER = [
  ...['name', 'region', 'tags', 'defaults', 'models', 'topics', 'queues', 'vpcLinks'],
  ...['functions', 'auth', 'apis', 'stages', 'usage'],
];

export interface Entry {
  /** The map that gets the entry: `['apis', 'public', 'routes']`. Missing maps are made. */
  readonly parent: readonly string[];
  readonly key: string;
  readonly value: EntryValue;
}

interface Place {
  readonly map: YAMLMap;
  /** Keys from `map` down to the entry: one when the parent is there, more when maps are missing. */
  readonly keys: readonly string[];
}

/**
 * The text with the entry in it.
 *
 * @throws ApigenError `EDIT_REFUSED` when the file is written in a way that cannot be added to safely
 */
export function insertEntry(text: string, entry: Entry): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const document = parseDocument(body, { prettyErrors: false });
  const style = detectStyle(body);
  const edited = mark + splice(body, document, entry, style);
  if (!isDeepStrictEqual(plainOf(edited), withEntry(plainOf(text), entry))) throw refused(entry, undefined);
  return edited;
}

function splice(body: string, document: Document, entry: Entry, style: TextStyle): string {
  const root = document.contents;
  if (!isMap(root)) throw refused(entry, undefined);
  let map: YAMLMap = root;
  for (const [index, step] of entry.parent.entries()) {
    const pair = pairOf(map, step);
    const keys = [...entry.parent.slice(index + 1), entry.key];
    if (pair === undefined) return insert(body, { map, keys: [step, ...keys] }, entry, style);
    if (isAlias(pair.value)) throw refused(entry, `*${pair.value.source}`);
    if (isMap(pair.value)) map = pair.value;
    else if (isEmpty(pair)) return fill(body, map, pair, keys, entry, style);
    else throw refused(entry, undefined);
  }
  return insert(body, { map, keys: [entry.key] }, entry, style);
}

function insert(body: string, place: Place, entry: Entry, style: TextStyle): string {
  const { map, keys } = place;
  if (map.flow === true) return insertInFlow(body, place, entry, style);
  const indent = indentAt(body, keyStart(map.items[0]));
  if (indent === undefined) throw refused(entry, undefined);
  const isSection = indent === '' && keys.length > 1;
  const after = isSection ? predecessor(map, keys[0]) : map.items.at(-1);
  const at = endOfItem(body, after, indent.length);
  const gap = isSection && style.blankLines ? style.eol : '';
  const rendered = renderEntry(keys, entry.value, { ...style, indent });
  return `${body.slice(0, at)}${style.eol}${gap}${indent}${rendered}${body.slice(at)}`;
}

/** `models:` with nothing behind it gets its first entry. */
function fill(body: string, map: YAMLMap, pair: Pair, keys: readonly string[], entry: Entry, style: TextStyle): string {
  const colon = body.indexOf(':', keyEnd(pair));
  if (colon === -1) throw refused(entry, undefined);
  if (map.flow === true) {
    const rendered = renderEntry(keys, entry.value, { ...style, flow: true });
    return `${body.slice(0, colon + 1)} { ${rendered} }${body.slice(colon + 1)}`;
  }
  const indent = `${indentAt(body, keyStart(pair)) ?? ''}${style.unit}`;
  const at = lineEnd(body, colon);
  const rendered = renderEntry(keys, entry.value, { ...style, indent });
  // `models: ~` and `models: null` lose their word, a remark behind them stays.
  const line = body.slice(colon + 1, at).replace(/^\s*(?:~|null)(?=\s|$)/, '');
  return `${body.slice(0, colon + 1)}${line}${style.eol}${indent}${rendered}${body.slice(at)}`;
}

function insertInFlow(body: string, { map, keys }: Place, entry: Entry, style: TextStyle): string {
  const rendered = renderEntry(keys, entry.value, { ...style, flow: true });
  const start = map.range?.[0] ?? 0;
  const close = (map.range?.[1] ?? 0) - 1;
  const last = map.items.at(-1);
  if (last === undefined) return `${body.slice(0, start)}{ ${rendered} }${body.slice(close + 1)}`;
  const end = itemEnd(last);
  const comma = /^\s*,/.exec(body.slice(end, close))?.[0].length;
  const withComma = end + (comma ?? 0);
  const tail = lineEnd(body, withComma);
  const head = `${body.slice(0, end)},${body.slice(withComma, Math.min(tail, close))}`;
  const indent = indentAt(body, keyStart(last));
  // Each entry on a line of its own: so is the new one.
  if (indent !== undefined && tail < close) return `${head}${style.eol}${indent}${rendered}${body.slice(tail)}`;
  const space = /\s$/.test(body.slice(start, close)) ? ' ' : '';
  return `${head.trimEnd()} ${rendered}${space}${body.slice(close)}`;
}

/** The last section that stands before `key` in the usual order, else the last of all. */
function predecessor(map: YAMLMap, key: string | undefined): Pair | undefined {
  const rank = SECTION_ORDER.indexOf(key ?? '');
  const before = map.items.filter((pair) => {
    const name = isScalar(pair.key) ? SECTION_ORDER.indexOf(String(pair.key.value)) : -1;
    return name !== -1 && name < rank;
  });
  return before.at(-1) ?? map.items.at(-1);
}

/** The end of the line on which an item ends, with the remarks below it that are indented as part of it. */
function endOfItem(body: string, pair: Pair | undefined, indent: number): number {
  let end = itemEnd(pair);
  while (end > 0 && /\s/.test(body[end - 1] ?? '')) end--;
  let at = lineEnd(body, end);
  for (;;) {
    const below = /^(?:\r?\n[ \t]*)*\r?\n( *)#.*/.exec(body.slice(at));
    if (below === null || (below[1]?.length ?? 0) <= indent) return at;
    at = lineEnd(body, at + below[0].length);
  }
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

function isEmpty(pair: Pair): boolean {
  return pair.value === null || (isScalar(pair.value) && pair.value.value === null);
}

function keyStart(pair: Pair | undefined): number {
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}

function keyEnd(pair: Pair | undefined): number {
  return isScalar(pair?.key) ? (pair.key.range?.[1] ?? 0) : 0;
}

function itemEnd(pair: Pair | undefined): number {
  const value = pair?.value;
  const range = typeof value === 'object' && value !== null && 'range' in value ? value.range : undefined;
  const end = Array.isArray(range) && typeof range[1] === 'number' ? range[1] : 0;
  return Math.max(end, keyEnd(pair));
}

function plainOf(text: string): unknown {
  const { root } = readYaml(text, 'apigen.yml');
  return root === undefined ? undefined : toPlain(root);
}

/** Changes and returns `plain`. */
function withEntry(plain: unknown, entry: Entry): unknown {
  let map = plain;
  for (const step of entry.parent) {
    if (!isRecord(map)) return undefined;
    map[step] ??= {};
    map = map[step];
  }
  if (!isRecord(map)) return undefined;
  map[entry.key] = entry.value;
  return plain;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(entry: Entry, alias: string | undefined): ApigenError {
  const where = entry.parent.join('.');
  return new ApigenError({
    code: 'EDIT_REFUSED',
    summary: `Cannot add ${entry.key} to ${where} of apigen.yml`,
    detail:
      alias === undefined
        ? `${where} is written in a way that cannot be added to without touching the rest.`
        : `${where} is the alias ${alias}: an entry added there would appear in two places.`,
    hint: `Add it by hand under ${where}:  ${renderEntry([entry.key], entry.value, detectStyle(''))}`,
  });
}
