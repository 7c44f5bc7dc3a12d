// Stacks name the file and line that a person wrote. The map is read when the first stack is wanted: Node's own support
// reads it while the module loads, which costs more than most handlers.

import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Site = NodeJS.CallSite;

/** @param file the bundle, with `{file}.map` beside it; without one stacks stay as they are */
export function mapStacks(file: string): void {
  let map: SourceMap | undefined;
  let base = '';
  const load = (): SourceMap | undefined => {
    if (map !== undefined || !existsSync(`${file}.map`)) return map;
    const payload = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
    base = payload.sourceRoot ?? '';
    map = new SourceMap({ ...payload, sourceRoot: '' });
    return map;
  };
  const inBundle = new Set<string | null>([file, pathToFileURL(file).href]);
  const placeOf = (site: Site): string => {
    const text = String(site);
    const [name, line, column] = [site.getFileName() ?? null, site.getLineNumber(), site.getColumnNumber()];
    if (!inBundle.has(name) || line === null || column === null) return text;
    const entry = load()?.findEntry(line - 1, column - 1);
    if (entry === undefined || !('originalSource' in entry)) return text;
    const source = pathOf(entry.originalSource, base);
    return text.replace(`${name}:${line}:${column}`, `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
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

function pathOf(source: string, base: string): string {
  const url = new URL(source, base === '' ? 'file:///' : base);
  return url.protocol === 'file:' ? fileURLToPath(url) : source;
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
