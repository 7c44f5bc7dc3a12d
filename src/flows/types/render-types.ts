// The generated files of a project, by path. The same project gives the same text, on every machine and every day.

import { decoderSource, withoutTypes } from '../../models/decoder/decoder-source.ts';
import type { NewFile } from '../scaffold/create-files.ts';
import type { Language } from '../scaffold/language.ts';
import { readTemplate } from '../scaffold/template.ts';
import { GENERATED_FOLDER, GENERATED_MARK } from './generated-folder.ts';
import type { ImportExtension } from './import-extension.ts';
import type { ProjectTypes } from './project-types.ts';
import { codeImports, renderCode, renderCodeDeclarations } from './render-code.ts';
import { renderDeclarations } from './render-declarations.ts';

const HEADER = `${GENERATED_MARK} Do not edit: change apigen.yml or a model and run it again.
/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
`;

/**
 * All files, in the order of their paths.
 *
 * @param extension of imports in TypeScript
 */
export async function renderTypes(
  types: ProjectTypes,
  language: Language,
  extension: ImportExtension,
): Promise<readonly NewFile[]> {
  const events = (await readTemplate('types', 'events.ts')).replace(/^(?:\/\/.*\n)*\n*/, '');
  const decoder = await decoderSource();
  const declarations = renderDeclarations(types);
  const file = (name: string, text: string): NewFile => ({
    path: `${GENERATED_FOLDER}/${name}`,
    text: `${HEADER}\n${text.trim()}\n`,
  });
  if (language === 'typescript') {
    return [
      file('apigen.ts', [codeImports(extension), importsOf(extension), declarations, renderCode(types)].join('\n\n')),
      file('decode.ts', decoder),
      file('events.ts', events),
    ];
  }
  return [
    file('apigen.d.ts', [importsOf('.js'), declarations, renderCodeDeclarations(types)].join('\n\n')),
    file('apigen.js', await withoutTypes(`${codeImports('.js')}\n${renderCode(types)}`)),
    file('decode.js', await withoutTypes(decoder)),
    file('events.d.ts', events),
  ];
}

function importsOf(extension: ImportExtension): string {
  return `import type * as Lambda from './events${extension}';\n\nexport type * from './events${extension}';`;
}
