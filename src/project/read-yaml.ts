// apigen.yml's text → a located tree, or the syntax problems that matter in plain words. Aliases and merge keys are expanded
// here, so that nothing after this file knows them.

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Position, Problem } from '../errors.ts';
import { explainYamlError, isLocal } from './explain-yaml-error.ts';
import type { Located, LocatedEntry, Offset } from './located.ts';

export interface YamlText {
  /** `undefined` when the text is broken or empty: then there are problems. */
  readonly root: Located | undefined;
  readonly problems: readonly Problem[];
  position(at: Offset): Position;
}

/** An alias may not grow the file beyond this many values: nested aliases can otherwise fill the memory. */
const MAX_VALUES = 100_000;

/**
 * Reads YAML 1.2, with `<<` merge keys, a byte order mark and any line ending. Never throws: what is wrong is in
 * `problems`, with line and column counted from 1.
 */
export function readYaml(text: string, file: string): YamlText {
  const counter = new LineCounter();
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const document = parseDocument(body, { lineCounter: counter, prettyErrors: false });
  const position = (at: Offset): Position => {
    const { line, col } = counter.linePos(at);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems: Problem[] = [];
  const lines = new Set<number>();
  for (const error of document.errors) {
    const { at, ...explained } = explainYamlError(error, body);
    const where = position(at);
    // One slip makes the parser stumble over the rest of its line: the first message is the useful one.
    if (!lines.has(where.line)) problems.push({ ...explained, position: where });
    lines.add(where.line);
    // Or over the rest of the file.
    if (!isLocal(error)) break;
  }
  const readable = document.errors.every((error) => error.code === 'DUPLICATE_KEY');
  if (!readable) return { root: undefined, problems, position };
  const reader = new Reader(document, problems, position);
  const root = document.contents === null ? undefined : reader.read(document.contents);
  return { root, problems, position };
}

class Reader {
  private readonly document: Document;
  private readonly problems: Problem[];
  private readonly position: (at: Offset) => Position;
  private readonly open = new Set<Node>();
  private values = 0;

  constructor(document: Document, problems: Problem[], position: (at: Offset) => Position) {
    this.document = document;
    this.problems = problems;
    this.position = position;
  }

  read(node: Node | null | undefined, at: Offset = node?.range?.[0] ?? 0): Located {
    this.values++;
    if (node === null || node === undefined) return { kind: 'scalar', at, value: null, source: '' };
    if (this.values > MAX_VALUES) return this.refuse(at, 'YAML_TOO_LARGE', 'The file holds too many values', undefined);
    if (isAlias(node)) return this.readAlias(node, at);
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
      this.refuse(
        at,
        'YAML_TAG',
        `The YAML tag ${node.tag} means nothing here`,
        'Write the plain value without a tag.',
      );
    }
    if (isMap(node)) return { kind: 'map', at, entries: this.readEntries(node) };
    if (isSeq(node)) {
      return { kind: 'list', at, items: node.items.map((item) => this.read(item as Node | null)) };
    }
    return isScalar(node) ? this.readScalar(node.value, node.source ?? '', at) : this.readScalar(null, '', at);
  }

  private readScalar(value: unknown, source: string, at: Offset): Located {
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
      return { kind: 'scalar', at, value, source };
    }
    return { kind: 'scalar', at, value: source, source };
  }

  private readAlias(node: Node & { source: string; resolve(document: Document): unknown }, at: Offset): Located {
    const target = node.resolve(this.document) as Node | undefined;
    if (target === undefined) {
      const message = `*${node.source} refers to an anchor that is not defined above it`;
      return this.refuse(at, 'YAML_ALIAS', message, `Put &${node.source} before the value it should repeat.`);
    }
    if (this.open.has(target)) {
      return this.refuse(at, 'YAML_ALIAS', `*${node.source} contains itself`, 'Write the value out.');
    }
    this.open.add(target);
    const value = this.read(target);
    this.open.delete(target);
    return value;
  }

  private readEntries(map: YAMLMap): Map<string, LocatedEntry> {
    const entries = new Map<string, LocatedEntry>();
    const merged: Located[] = [];
    this.open.add(map);
    for (const pair of map.items) {
      const key = pair.key as Node | null;
      const keyAt = key?.range?.[0] ?? map.range?.[0] ?? 0;
      const value = pair.value as Node | null;
      if (key === null || !isScalar(key)) {
        this.refuse(keyAt, 'YAML_KEY', 'A key must be a plain word', 'Put the key in quotes.');
        continue;
      }
      const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
      if (name === '<<' && key.type === 'PLAIN') {
        merged.push(this.read(value, keyAt));
      } else if (name === '__proto__') {
        this.refuse(keyAt, 'YAML_KEY', 'The key __proto__ is reserved by JavaScript', 'Choose another name.');
      } else {
        entries.set(name, { keyAt, node: this.read(value, value?.range?.[0] ?? keyAt) });
      }
    }
    this.open.delete(map);
    for (const source of merged.flatMap((node) => (node.kind === 'list' ? node.items : [node]))) {
      if (source.kind !== 'map') {
        this.refuse(source.at, 'YAML_MERGE', '<< takes a map or a list of maps', 'Refer to a map: <<: *name');
        continue;
      }
      // The map's own keys win over merged ones, earlier merged maps over later ones.
      for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
    }
    return entries;
  }

  private refuse(at: Offset, code: string, message: string, hint: string | undefined): Located {
    if (!this.problems.some((problem) => problem.code === code && problem.message === message)) {
      this.problems.push({ code, message, hint, position: this.position(at) });
    }
    return { kind: 'scalar', at, value: null, source: '' };
  }
}
