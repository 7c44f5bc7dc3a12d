// The files under templates/: a real project for each language, which init copies and add-* take their files from.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extensionOf, type Language } from './language.ts';

/**
 * The text of a template's file; `src/products/list` gets the language's extension.
 *
 * @param folder a language, or `types`: what `apigen types` copies
 */
export async function readTemplate(folder: Language | 'types', path: string): Promise<string> {
  const file = folder === 'types' || /\.\w+$|gitignore$/.test(path) ? path : `${path}.${extensionOf(folder)}`;
  return readFile(join(templatesFolder(), folder, file), 'utf8');
}

/** The package's templates, from its sources as from its bundle. */
function templatesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'templates', 'typescript', 'package.json'))) folder = dirname(folder);
  return join(folder, 'templates');
}

/** The attributes of a model template between its marks, or the text without the marks. */
export function fillMarks(text: string, lines: Readonly<Record<string, readonly string[]>> = {}): string {
  return replaceMarked(
    text,
    Object.fromEntries(
      Object.entries(lines).map(([mark, filled]) => [
        mark,
        (_block: string, indent: string) => filled.map((line) => `${indent}${line}\n`).join(''),
      ]),
    ),
  );
}

/** What a template has between two marks becomes what is made of it; without a maker it stays, without its marks. */
export function replaceMarked(
  text: string,
  makers: Readonly<Record<string, (block: string, indent: string) => string>>,
): string {
  return text.replaceAll(
    /^( *)\/\/ <(\w+)>\n([\s\S]*?)^ *\/\/ <\/\2>\n/gm,
    (_all, indent: string, mark: string, block: string) => makers[mark]?.(block, indent) ?? block,
  );
}
