// Stacks name the file and line that a person wrote. The map is read when the first stack is wanted: Node's own support
// reads it while the module loads, which costs more than most handlers.

import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Site = NodeJS.CallSite;

/** @param files bundles, with `{file}.map` beside them; without one stacks stay as they are */
export function mapStacks(files: readonly string[]): void {
  const maps = new Map<string, BundleMap>();
  for (const file of files) {
    const map = new BundleMap(file);
    maps.set(file, map).set(pathToFileURL(file).href, map);
  }
  const placeOf = (site: Site): string => {
    const text = String(site);
    const [name, line, column] = [site.getFileName() ?? '', site.getLineNumber(), site.getColumnNumber()];
    if (line === null || column === null) return text;
    const place = maps.get(name)?.placeOf(line, column);
    return place === undefined ? text : text.replace(`${name}:${line}:${column}`, place);
  };
  Error.prepareStackTrace = (error, sites) => {
    const head = headOf(error);
    try {
      return [head, ...sites.map((site) => `    at ${placeOf(site)}`)].join('\n');
    } catch {
      return [head, ...sites.map((site) => `    at ${String(site)}`)].join('\n');
    }
  };
}

class BundleMap {
  readonly #file: string;
  #map: SourceMap | undefined;
  #base = '';

  constructor(file: string) {
    this.#file = file;
  }

  /** `…/src/list.ts:3:5` */
  placeOf(line: number, column: number): string | undefined {
    const entry = this.#load()?.findEntry(line - 1, column - 1);
    if (entry === undefined || !('originalSource' in entry)) return undefined;
    return `${this.#pathOf(entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }

  #load(): SourceMap | undefined {
    if (this.#map !== undefined || !existsSync(`${this.#file}.map`)) return this.#map;
    const payload = JSON.parse(readFileSync(`${this.#file}.map`, 'utf8'));
    this.#base = payload.sourceRoot || pathToFileURL(this.#file).href;
    this.#map = new SourceMap({ ...payload, sourceRoot: '' });
    return this.#map;
  }

  #pathOf(source: string): string {
    const url = new URL(source, this.#base);
    return url.protocol === 'file:' ? fileURLToPath(url) : source;
  }
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
